#!/usr/bin/env python3
"""Recomputes the edge cases of edges.json with other people's software, and compares.

    python3 -m venv VENV && VENV/bin/pip install statsmodels scipy
    VENV/bin/python check_against_statsmodels.py            compare; exit status 1 where a number differs
    VENV/bin/python check_against_statsmodels.py --write    write the numbers instead

The inputs are made here; edges.json holds them with the numbers, and the Swift tests read it. What each number comes from:

* counts, p values, intervals: the Poisson-binomial by the discrete Fourier transform, roots by scipy.optimize.brentq;
  and, where Rscript is there, mantelhaen.test(exact = TRUE), which inverts the same tails of the same distribution
* beta and its standard error: statsmodels ConditionalLogit; and survival::clogit in R
* Mantel-Haenszel: statsmodels StratifiedTable
* minutes: statsmodels ConditionalLogit, and the permutations as a polynomial in whole numbers
* Holm: statsmodels multipletests; swaps of pairs: all of them, in fractions
"""

import fractions
import itertools
import json
import math
import pathlib
import shutil
import subprocess
import sys
import warnings

import numpy
from scipy import optimize, special, stats
from statsmodels.discrete.conditional_models import ConditionalLogit
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

FILE = pathlib.Path(__file__).with_name("edges.json")
warnings.filterwarnings("ignore")

# A stratum: is the case exposed, referents, of them exposed.
HUNDREDS = [[(7 * k + k // 3) % 5 < 2, 1 + k % 4, (3 * k + k // 7) % (2 + k % 4)] for k in range(400)]
STRATA = {
    "one stratum, its case exposed": [[True, 4, 0]],
    "one stratum, its case not exposed": [[False, 4, 1]],
    "two strata that contradict each other": [[True, 1, 0], [False, 1, 1]],
    "ten pairs against three": [[True, 1, 0]] * 10 + [[False, 1, 1]] * 3,
    "no case exposed": [[False, 4, 1], [False, 3, 2], [False, 4, 4], [False, 2, 1], [False, 1, 1]],
    "uninformative strata beside others": [[True, 2, 2]] * 3 + [[False, 2, 0]] * 4 + [[True, 3, 1], [False, 3, 1]],
    "hundreds of strata": [[case, n, min(m, n)] for case, n, m in HUNDREDS],
    "an outrageous stratum": [[False, 9999, 9999], [True, 4999, 0], [True, 3, 1], [False, 4, 2], [True, 2, 0]],
    "thirty of thirty-one": [[True, 4, 1]] * 30 + [[False, 4, 2]],
}
# The minutes of the windows of a stratum, the case's first.
MINUTES = {
    "one stratum": [[90, 30, 60]],
    "ties": [[60, 60, 30], [45, 45, 45], [30, 60, 60], [90, 90, 0, 0]],
    "the cases sat longest": [[120, 30, 60], [90, 90, 10], [80, 79]],
    "the cases sat least": [[0, 30, 60], [10, 90, 10], [79, 80]],
    "sixty strata": [[(37 * k + 11 * w * w + 5 * k * w) % 121 for w in range(2 + k % 4)] for k in range(60)],
}
HOLM = [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5], [0.001, 0.9, 0.3, 0.3]]
# Days a week with the present schedule less those with the shorter one.
PAIRS = [[0] * 6, [1, 1, 1, 1, 1, 1], [-1, -2, 0, -1, -2, -2], [7 / 6, -1, 7 / 5, 0, 2, 1, -7 / 6, 3]]


def shares(strata, log_odds):
    total = [(n + 1, m + case) for case, n, m in strata]
    return numpy.array([special.expit(log_odds + math.log(m / (n - m))) for n, m in total])


def poisson_binomial(chances):
    """By the characteristic function."""
    count = len(chances) + 1
    turns = numpy.exp(2j * numpy.pi * numpy.arange(count) / count)
    values = numpy.prod([1 + chance * (turns - 1) for chance in chances], axis=0)
    return numpy.maximum(numpy.fft.fft(values).real / count, 0)


def exact(strata):
    informative = [s for s in strata if 0 < s[0] + s[2] < s[1] + 1]
    seen, count = sum(s[0] for s in informative), len(informative)
    null = poisson_binomial(shares(informative, 0))
    greater, less = null[seen:].sum(), null[: seen + 1].sum()

    def limit(tail):
        return math.exp(optimize.brentq(lambda x: tail(poisson_binomial(shares(informative, x))) - 0.025, -40, 40,
                                        xtol=1e-12))

    result = {
        "strata": len(strata), "informative": count, "exposed": seen, "expected": shares(informative, 0).sum(),
        "p_greater": greater, "p_less": less, "p": min(1, 2 * min(greater, less)),
        "p_mid": min(1, 2 * min(greater, less) - null[seen]),
        "p_minlike": null[null <= null[seen] * (1 + 1e-9)].sum(),
        "lower": 0 if seen == 0 else limit(lambda d: d[seen:].sum()),
        "upper": None if seen == count else limit(lambda d: d[: seen + 1].sum()),
        "mid_lower": 0 if seen == 0 else limit(lambda d: d[seen:].sum() - d[seen] / 2),
        "mid_upper": None if seen == count else limit(lambda d: d[: seen + 1].sum() - d[seen] / 2),
    }
    if 0 < seen < count:
        result["beta"] = optimize.brentq(lambda x: shares(informative, x).sum() - seen, -40, 40, xtol=1e-13)
    return result


def rows(strata):
    for group, (case, n, m) in enumerate(strata):
        yield group, 1, int(case)
        for referent in range(n):
            yield group, 0, int(referent < m)


def conditional_logit(cases):
    groups, y, x = (numpy.array(column) for column in zip(*cases))
    fit = ConditionalLogit(y, x[:, None].astype(float), groups=groups).fit(disp=0, method="newton", maxiter=200)
    return float(fit.params[0]), float(fit.bse[0])


def mantel_haenszel(strata):
    tables = [[[case, 1 - case], [m, n - m]] for case, n, m in strata]
    table = StratifiedTable([numpy.array(t, dtype=float) for t in tables])
    return {"or": table.oddsratio_pooled, "se": table.logodds_pooled_se,
            "chi": table.test_null_odds(correction=False).statistic}


def permutation(sets):
    """The number of ways to each sum, in whole numbers."""
    ways = {0: 1}
    for windows in sets:
        after = {}
        for total, count in ways.items():
            for minutes in windows:
                after[total + minutes] = after.get(total + minutes, 0) + count
        ways = after
    seen, everything = sum(windows[0] for windows in sets), sum(ways.values())
    tails = [sum(c for t, c in ways.items() if t <= seen), sum(c for t, c in ways.items() if t >= seen)]
    return min(1.0, float(fractions.Fraction(2 * min(tails), everything)))


def swaps(differences):
    values = [fractions.Fraction(d).limit_denominator(1000) for d in differences]
    seen = sum(values)
    sums = [sum(s * v for s, v in zip(signs, values)) for signs in itertools.product((1, -1), repeat=len(values))]
    return [sum(abs(s) >= abs(seen) for s in sums) / len(sums), sum(s >= seen for s in sums) / len(sums)]


def compute():
    edges = {"strata": [], "minutes": [], "holm": [], "pairs": []}
    for name, strata in STRATA.items():
        expected = exact(strata)
        if "beta" in expected and name != "an outrageous stratum":
            beta, error = conditional_logit(list(rows(strata)))
            assert abs(beta - expected["beta"]) < 1e-5, (name, beta, expected["beta"])
            expected["se"] = error
        if "beta" in expected:
            expected["mantel_haenszel"] = mantel_haenszel(strata)
        edges["strata"].append({"name": name, "strata": strata, "expected": expected})
    for name, sets in MINUTES.items():
        expected = {"p": permutation(sets)}
        informative = [s for s in sets if len(set(s)) > 1]
        if any(s[0] < max(s) for s in informative) and any(s[0] > min(s) for s in informative):
            cases = [(g, int(w == 0), m / 30) for g, s in enumerate(sets) for w, m in enumerate(s)]
            expected["beta"], expected["se"] = conditional_logit(cases)
        edges["minutes"].append({"name": name, "sets": sets, "expected": expected})
    for values in HOLM:
        edges["holm"].append({"p": values, "adjusted": multipletests(values, method="holm")[1].tolist()})
    for values in PAIRS:
        two, one = swaps(values)
        edges["pairs"].append({"differences": values, "two_sided": two, "one_sided": one})
    return json.loads(json.dumps(edges, default=float))


R_SCRIPT = """
suppressMessages(library(survival))
d <- read.csv("stdin")
exact <- mantelhaen.test(table(d$x, d$y, d$g), exact = TRUE)
fit <- summary(clogit(y ~ x + strata(g), d, method = "exact"))$coefficients
cat(exact$conf.int, exact$p.value, exact$estimate, fit[1], fit[3], sep = "\\n")
"""


def check_with_r(case):
    """R's limits, its p by likelihood, its estimate twice, and the standard error, against the numbers of a case."""
    data = "g,y,x\n" + "\n".join(f"{g},{y},{x}" for g, y, x in rows(case["strata"]))
    out = subprocess.run(["Rscript", "-e", R_SCRIPT], input=data, capture_output=True, text=True, check=True).stdout
    lower, upper, p, estimate, beta, error = (float(word) for word in out.split())
    expected = case["expected"]
    bad = []

    def check(what, r, ours, is_ratio=False):
        ours = math.inf if ours is None else ours
        # R searches for ratios below 1, and for the inverses of others, to .Machine$double.eps^0.25 = 1.2e-4.
        near = abs(1 / r - 1 / ours) <= 2e-4 if is_ratio and r > 1 else r == ours or abs(r - ours) <= 2e-4
        if not near:
            bad.append(f"{case['name']}: {what}: R {r}, edges.json {ours}")

    check("lower", lower, expected["lower"], True)
    check("upper", upper, expected["upper"], True)
    check("p", p, expected["p_minlike"])
    if "beta" in expected:
        check("estimate", estimate, math.exp(expected["beta"]), True)
        check("beta", beta, expected["beta"])
        check("se", error, expected["se"])
    return bad


def differences(path, left, right):
    if isinstance(left, dict) and isinstance(right, dict):
        keys = left.keys() | right.keys()
        return [d for key in sorted(keys) for d in differences(f"{path}/{key}", left.get(key), right.get(key))]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [d for i, (a, b) in enumerate(zip(left, right)) for d in differences(f"{path}/{i}", a, b)]
    if isinstance(left, float) or isinstance(right, float):
        if None not in (left, right) and abs(left - right) <= 1e-6 * max(1, abs(right)):
            return []
    elif left == right:
        return []
    return [f"{path}: computed {left}, edges.json {right}"]


def main():
    computed = compute()
    if "--write" in sys.argv[1:]:
        FILE.write_text(json.dumps(computed, indent=1) + "\n")
    stored = json.loads(FILE.read_text())
    bad = differences("", computed, stored)
    in_r = []
    if shutil.which("Rscript"):
        # R wants more than one stratum, and takes minutes for thousands of windows.
        in_r = [c for c in stored["strata"] if len(c["strata"]) > 1 and sum(s[1] for s in c["strata"]) < 2000]
        bad += [line for case in in_r for line in check_with_r(case)]
    print("\n".join(bad) if bad else
          f"{sum(len(part) for part in stored.values())} cases agree, {len(in_r)} of them in R, too.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
