import Foundation
import NapeCore
import Testing

/// Edge cases, as statsmodels, scipy and R have them: `Tests/Support/stats/check_against_statsmodels.py` computes them anew.
@Suite struct StatisticsEdgeTests {
  private typealias Numbers = WorkedExample.Numbers

  private static func isNear(_ left: Double?, _ right: Numbers) throws -> Bool {
    if right.isNull { return left == nil }
    let right = try right.number
    return left.map { abs($0 - right) <= 1e-6 * max(1, abs(right)) } ?? false
  }

  @Test func strataComeOutAsOthersHaveThem() throws {
    let cases = try WorkedExample.json("edges.json")["strata"].list
    #expect(cases.count == 9)
    for one in cases {
      let name = try one["name"].text
      let strata = try one["strata"].list.map { stratum in
        let parts = try stratum.list
        return Stratum(
          isCaseExposed: try #require(parts[0].value as? Bool), referents: try parts[1].int,
          exposedReferents: try parts[2].int)
      }
      let expected = try one["expected"]
      let comparison = CaseCrossover(strata)
      let exact = try #require(comparison.exact)
      #expect(comparison.strata == (try expected["strata"].int), "\(name)")
      #expect(comparison.informativeStrata == (try expected["informative"].int), "\(name)")
      #expect(comparison.informativeExposedCases == (try expected["exposed"].int), "\(name)")
      #expect(try Self.isNear(comparison.informativeExpectedCases, expected["expected"]), "\(name)")
      #expect(try Self.isNear(exact.pGreater, expected["p_greater"]), "\(name)")
      #expect(try Self.isNear(exact.pLess, expected["p_less"]), "\(name)")
      #expect(try Self.isNear(exact.p, expected["p"]), "\(name)")
      #expect(try Self.isNear(exact.midP, expected["p_mid"]), "\(name)")
      #expect(try Self.isNear(exact.pByLikelihood, expected["p_minlike"]), "\(name)")
      #expect(try Self.isNear(exact.interval.lower, expected["lower"]), "\(name)")
      #expect(try Self.isNear(exact.interval.upper, expected["upper"]), "\(name)")
      #expect(try Self.isNear(exact.midPInterval.lower, expected["mid_lower"]), "\(name)")
      #expect(try Self.isNear(exact.midPInterval.upper, expected["mid_upper"]), "\(name)")
      let members = try #require(expected.value as? [String: Any])
      guard members["beta"] != nil else {
        #expect(comparison.oddsRatio == (comparison.informativeExposedCases == 0 ? .zero : .infinite), "\(name)")
        #expect(comparison.fit == nil, "\(name)")
        continue
      }
      let fit = try #require(comparison.fit)
      #expect(try Self.isNear(fit.beta, expected["beta"]), "\(name)")
      if members["se"] != nil { #expect(try Self.isNear(fit.standardError, expected["se"]), "\(name)") }
      let matched = comparison.mantelHaenszel
      #expect(try Self.isNear(matched.oddsRatio.number, expected["mantel_haenszel", "or"]), "\(name)")
      #expect(try Self.isNear(matched.standardError, expected["mantel_haenszel", "se"]), "\(name)")
      #expect(try Self.isNear(matched.chiSquare?.statistic, expected["mantel_haenszel", "chi"]), "\(name)")
    }
  }

  @Test func minutesComeOutAsOthersHaveThem() throws {
    for one in try WorkedExample.json("edges.json")["minutes"].list {
      let name = try one["name"].text
      let sets = try one["sets"].list.map { try $0.list.map { try $0.int } }
      let expected = try one["expected"]
      let comparison = SittingComparison(sets)
      #expect(try Self.isNear(comparison.p, expected["p"]), "\(name)")
      if (expected.value as? [String: Any])?["beta"] != nil {
        #expect(try Self.isNear(comparison.beta, expected["beta"]), "\(name)")
        #expect(try Self.isNear(comparison.standardError, expected["se"]), "\(name)")
        #expect(isExponential(comparison.oddsRatio.number, try expected["beta"].number), "\(name)")
      } else {
        #expect(comparison.oddsRatio == (name.contains("least") ? .zero : .infinite), "\(name)")
        #expect(comparison.beta == nil && comparison.standardError == nil, "\(name)")
      }
    }
  }

  private func isExponential(_ ratio: Double?, _ beta: Double) -> Bool {
    ratio.map { abs($0 - exp(beta)) <= 1e-6 * exp(beta) } ?? false
  }

  @Test func minutesThatDoNotVaryCannotBeCompared() {
    for sets in [[], [[30, 30], [90, 90, 90]]] as [[[Int]]] {
      let comparison = SittingComparison(sets)
      #expect(comparison.oddsRatio == .notEstimable && comparison.p == nil && comparison.beta == nil)
      #expect(comparison.strata == sets.count && comparison.informativeStrata == 0)
    }
  }

  @Test func holmComesOutAsStatsmodelsHasIt() throws {
    for one in try WorkedExample.json("edges.json")["holm"].list {
      let adjusted = Multiplicity.holm(try one["p"].numbers)
      for (ours, theirs) in zip(adjusted, try one["adjusted"].numbers) { #expect(abs(ours - theirs) < 1e-12) }
    }
  }

  @Test func swapsComeOutAsFractionsHaveThem() throws {
    for one in try WorkedExample.json("edges.json")["pairs"].list {
      let test = RandomisationTest.p(try one["differences"].numbers)
      #expect(test.twoSided == (try one["two_sided"].number))
      #expect(test.oneSided == (try one["one_sided"].number))
    }
  }
}
