import NapeCore
import Testing

/// Every number of the worked examples, to their tolerances: β and its error 1e-4, ratios and limits a thousandth, p 1e-6.
@Suite struct CaseCrossoverTests {
  private static func check(_ exact: ExactInference, against expected: WorkedExample.Numbers) throws {
    #expect(isNear(exact.pGreater, try expected["p_one_sided_greater"].number, absolute: 1e-6))
    #expect(isNear(exact.pLess, try expected["p_one_sided_less"].number, absolute: 1e-6))
    #expect(isNear(exact.p, try expected["p_exact_two_sided_doubled"].number, absolute: 1e-6))
    #expect(isNear(exact.midP, try expected["p_mid_two_sided_doubled"].number, absolute: 1e-6))
    #expect(isNear(exact.pByLikelihood, try expected["p_exact_two_sided_minlike"].number, absolute: 1e-6))
    try check(exact.interval, against: try expected["ci95_exact"].list)
    try check(exact.midPInterval, against: try expected["ci95_midp"].list)
  }

  private static func check(_ interval: RatioInterval?, against limits: [WorkedExample.Numbers]) throws {
    #expect(isNear(interval?.lower, try limits[0].number, relative: 1e-3))
    if limits[1].isNull {
      #expect(interval?.upper == nil)
    } else {
      #expect(isNear(interval?.upper, try limits[1].number, relative: 1e-3))
    }
  }

  private static func check(_ comparison: CaseCrossover, counts expected: WorkedExample.Numbers) throws {
    #expect(comparison.strata == (try expected["strata"].int))
    #expect(comparison.informativeStrata == (try expected["informative_strata"].int))
    #expect(comparison.exposedCases == (try expected["exposed_cases"].int))
    #expect(comparison.informativeExposedCases == (try expected["exposed_cases_informative"].int))
  }

  @Test func fourteenOnsetsComeOutAsClogitHasThem() throws {
    let all = try WorkedExample.json()["ccx_binary_exp_bout60"]
    let comparison = CaseCrossover(try WorkedExample.strata("ccx_windows_2h.csv", exposure: 5))
    let expected = try all["exact"]
    try Self.check(comparison, counts: expected)
    #expect(
      isNear(
        comparison.informativeExpectedCases, try expected["expected_exposed_cases_under_null"].number, absolute: 1e-9))
    // The other five strata agree with themselves: none of their cases is exposed, and none was to be.
    #expect(isNear(comparison.expectedCases, 4.2, absolute: 1e-9))
    #expect(isNear(comparison.oddsRatio.number, try expected["or_cmle"].number, relative: 1e-3))
    try Self.check(try #require(comparison.exact), against: expected)

    let fit = try #require(comparison.fit)
    let clogit = try all["clogit"]
    #expect(isNear(fit.beta, try clogit["beta"].number, absolute: 1e-4))
    #expect(isNear(fit.standardError, try clogit["se"].number, absolute: 1e-4))
    #expect(isNear(fit.beta, try all["statsmodels", "beta"].number, absolute: 1e-4))
    #expect(isNear(fit.standardError, try all["statsmodels", "se"].number, absolute: 1e-4))
    #expect(isNear(comparison.oddsRatio.number, try clogit["or_"].number, relative: 1e-3))
    try Self.check(fit.waldInterval, against: try clogit["ci95_wald"].list)
    #expect(isNear(fit.nullLogLikelihood, try clogit["loglik0"].number, absolute: 1e-6))
    #expect(isNear(fit.logLikelihood, try clogit["loglik"].number, absolute: 1e-6))
    #expect(isNear(fit.likelihoodRatio.statistic, try clogit["lr_chi2"].number, absolute: 1e-6))
    #expect(isNear(fit.likelihoodRatio.p, try clogit["p_lr"].number, absolute: 1e-6))
    #expect(isNear(fit.score.statistic, try clogit["score_chi2"].number, absolute: 1e-6))
    #expect(isNear(fit.score.p, try clogit["p_score"].number, absolute: 1e-6))
    #expect(isNear(fit.wald.p, try clogit["p_wald"].number, absolute: 1e-6))

    let matched = comparison.mantelHaenszel
    let mh = try all["mantel_haenszel"]
    #expect(isNear(matched.r, try mh["R"].number, absolute: 1e-9))
    #expect(isNear(matched.q, try mh["Q"].number, absolute: 1e-9))
    #expect(isNear(matched.oddsRatio.number, try mh["or_mh"].number, relative: 1e-3))
    #expect(isNear(matched.standardError, try mh["se_log_or_rbg"].number, absolute: 1e-4))
    try Self.check(matched.interval, against: try mh["ci95_rbg"].list)
    #expect(isNear(matched.chiSquare?.statistic, try mh["mh_chi2_nocc"].number, absolute: 1e-6))
    #expect(isNear(matched.chiSquare?.p, try mh["p_mh_chi2_nocc"].number, absolute: 1e-6))
  }

  @Test func everyCaseExposedHasALowerLimitAlone() throws {
    let all = try WorkedExample.json()["edge_separation"]
    let comparison = CaseCrossover(try WorkedExample.strata("ccx_edge_separation.csv", exposure: 2))
    try Self.check(comparison, counts: try all["exact"])
    #expect(isNear(comparison.informativeExpectedCases, 2.75, absolute: 1e-9))
    #expect(comparison.oddsRatio == .infinite)
    #expect(comparison.fit == nil)
    try Self.check(try #require(comparison.exact), against: try all["exact"])
    #expect(isNear(comparison.mantelHaenszel.r, try all["mantel_haenszel", "R"].number, absolute: 1e-9))
    #expect(comparison.mantelHaenszel.q == 0)
    #expect(comparison.mantelHaenszel.oddsRatio == .infinite)
    #expect(comparison.mantelHaenszel.interval == nil)
    let chiSquare = try #require(comparison.mantelHaenszel.chiSquare)
    #expect(isNear(chiSquare.statistic, try all["mantel_haenszel", "mh_chi2_nocc"].number, absolute: 1e-6))
    #expect(isNear(chiSquare.p, try all["mantel_haenszel", "p_mh_chi2_nocc"].number, absolute: 1e-6))
  }

  @Test func noCaseExposedHasAnUpperLimitAlone() throws {
    // The strata of the other separation with exposed and unexposed changed over: ratios turn into their inverses.
    let strata = try WorkedExample.strata("ccx_edge_separation.csv", exposure: 2)
    let there = CaseCrossover(strata)
    let back = CaseCrossover(
      strata.map {
        Stratum(
          isCaseExposed: !$0.isCaseExposed, referents: $0.referents,
          exposedReferents: $0.referents - $0.exposedReferents)
      })
    #expect(back.oddsRatio == .zero)
    #expect(back.mantelHaenszel.oddsRatio == .zero)
    let exact = try #require(back.exact)
    let mirrored = try #require(there.exact)
    #expect(exact.interval.lower == 0 && exact.midPInterval.lower == 0)
    #expect(isNear(exact.interval.upper, 1 / mirrored.interval.lower, relative: 1e-9))
    #expect(isNear(exact.midPInterval.upper, 1 / mirrored.midPInterval.lower, relative: 1e-9))
    #expect(isNear(exact.p, mirrored.p, absolute: 1e-12))
    #expect(exact.interval.isBelow1 && !exact.interval.isAbove1)
  }

  @Test func strataThatDoNotVaryCannotBeEstimated() throws {
    let all = try WorkedExample.json()["edge_uninformative"]
    let comparison = CaseCrossover(try WorkedExample.strata("ccx_edge_uninformative.csv", exposure: 2))
    try Self.check(comparison, counts: try all["exact"])
    #expect(comparison.oddsRatio == .notEstimable)
    #expect(comparison.exact == nil && comparison.fit == nil)
    #expect(comparison.mantelHaenszel.r == 0 && comparison.mantelHaenszel.q == 0)
    #expect(comparison.mantelHaenszel.oddsRatio == .notEstimable)
    #expect(comparison.mantelHaenszel.chiSquare == nil)
    #expect(isNear(comparison.expectedCases, 3, absolute: 1e-12))
  }

  @Test func noStrataCannotBeEstimated() {
    let comparison = CaseCrossover([])
    #expect(comparison.strata == 0 && comparison.expectedCases == 0)
    #expect(comparison.oddsRatio == .notEstimable)
    #expect(comparison.exact == nil && comparison.mantelHaenszel.oddsRatio == .notEstimable)
  }

  @Test func soManyStrataAreNeededForFivePercent() throws {
    for row in try WorkedExample.json()["smallest_k"].list {
      let share = try row["exposed_windows_of_total"].text.split(separator: "/").compactMap { Int($0) }
      let needed = try row["strata_needed_if_every_case_exposed"].int
      #expect(share[1] == (try row["referents"].int) + 1)
      #expect(CaseCrossover.smallestCount(exposed: share[0], of: share[1]) == needed)
      // And the exact p agrees: so many reach it, one fewer does not.
      func p(_ count: Int) -> Double? {
        let stratum = Stratum(isCaseExposed: true, referents: share[1] - 1, exposedReferents: share[0] - 1)
        return CaseCrossover(Array(repeating: stratum, count: count)).exact?.p
      }
      #expect(try #require(p(needed)) <= 0.05)
      #expect(try #require(p(needed - 1)) > 0.05)
    }
  }
}
