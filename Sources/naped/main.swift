import Glibc
import NapeDaemon

exit(DaemonProgram.run(CommandLine.arguments))
