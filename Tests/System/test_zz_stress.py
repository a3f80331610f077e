import time
def test_stress(machine):
    bad = []
    for i in range(25):
        machine.systemctl("start", "nape")
        pid = machine.main_pid()
        machine.sit_down()
        time.sleep(2)
        if machine.main_pid() != pid: bad.append((i, pid, machine.main_pid(), machine.unit("ActiveState"), machine.unit("ExecMainStatus"), machine.unit("ExecMainCode")))
        machine.systemctl("stop", "nape", check=False)
        machine.systemctl("reset-failed", "nape", check=False)
    assert not bad, bad
