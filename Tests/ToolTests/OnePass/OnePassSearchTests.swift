import Foundation
import Testing

/// `-sc`, `-np` and `-s`: how the sketch looks for the nearest centroid.
@Suite struct OnePassSearchTests {
  private static let package = "org.apache.mahout.math.neighborhood."

  /// Rows of which an approximate search misses some.
  private static func place() -> Workplace {
    let place = Workplace.withSample()
    place.write(npyFile(TestRandom.values(12 * 4000, seed: 5), columns: 12), to: "u.npy")
    return place
  }

  /// The centroids of a command line, and what was said beside them.
  private func run(_ place: Workplace, _ options: String) throws -> (text: String, errors: String) {
    let outcome = try place.onePass("u.npy -k 4 -km 60 \(options) --centroids c.csv -ow")
    return (try place.text("c.csv"), outcome.errors)
  }

  @Test(arguments: ["", "--compat mahout"])
  func `a searcher acts, by its names of Mahout and its short one`(_ compat: String) throws {
    let place = Self.place()
    let exact = try run(place, compat).text
    var found: Set<String> = [exact]
    for (name, short) in [
      ("ProjectionSearch", "projection"), ("FastProjectionSearch", "fast-projection"),
      ("LocalitySensitiveHashSearch", "lsh"),
    ] {
      let first = try run(place, "-sc \(short) \(compat)")
      #expect(first.errors == "")
      #expect(first.text != exact)
      for option in [
        "-sc \(name)", "--searcherClass \(Self.package)\(name)", "-sc \(name) -s 2",
      ] {
        #expect(try run(place, "\(option) \(compat)").text == first.text, "\(option)")
      }
      found.insert(first.text)
    }
    #expect(found.count == 4)
    for option in ["-sc brute", "-sc BruteSearch", "--searcherClass \(Self.package)BruteSearch"] {
      let outcome = try run(place, "\(option) \(compat)")
      #expect(outcome.text == exact && outcome.errors == "")
    }
  }

  @Test func `projections and the search size act, short and long`() throws {
    let place = Self.place()
    for name in ["projection", "fast-projection"] {
      let usual = try run(place, "-sc \(name)").text
      #expect(try run(place, "-sc \(name) -np 3 -s 2").text == usual)
      let projections = try run(place, "-sc \(name) -np 5").text
      #expect(projections != usual)
      #expect(try run(place, "-sc \(name) --numProjections 5").text == projections)
      let size = try run(place, "-sc \(name) -s 4").text
      #expect(size != usual && size != projections)
      #expect(try run(place, "-sc \(name) --searchSize 4").text == size)
    }
    let hashed = try run(place, "-sc lsh").text
    #expect(try run(place, "-sc lsh -s 10").text != hashed)
  }

  @Test func `what says nothing is passed over with a note`() throws {
    let place = Self.place()
    for (options, said) in [
      ("-np 20 -s 10", "the nearest centroid is found exactly: -np 20, -s 10 change nothing\n"),
      ("-sc BruteSearch -s 10", "the nearest centroid is found exactly: -s 10 changes nothing\n"),
      (
        "-sc lsh -np 20",
        "LocalitySensitiveHashSearch has 64 projections: -np 20 changes nothing\n"
      ),
    ] {
      #expect(try run(place, options).errors == said)
      #expect(try run(place, "\(options) --quiet").errors == "")
    }
    #expect(try run(place, "-np 20 -s 10").text == run(place, "").text)
  }

  @Test func `the report says how it was searched`() throws {
    let place = Self.place()
    for (option, name) in [
      ("", "brute"), ("-sc ProjectionSearch", "projection"),
      ("-sc fast-projection", "fast-projection"), ("-sc lsh", "lsh"),
    ] {
      let facts = try place.onePassFacts("u.npy -k 4 -km 60 \(option)")
      #expect(facts.searcher == name && facts.points == 4000)
      #expect((facts.sketchStrategy == "none") == (name != "brute"))
      let text = try place.onePass("u.npy -k 4 -km 60 \(option)").text
      #expect(text.contains(", searched by \(name), in ") == (name != "brute"))
    }
  }

  @Test(
    arguments: [
      Wrong(
        "-sc NoSearch",
        "-sc NoSearch: expected BruteSearch (brute), ProjectionSearch (projection), "
          + "FastProjectionSearch (fast-projection) or LocalitySensitiveHashSearch (lsh)"),
      Wrong("-sc projection -np 0", "-np 0: expected 1 to 99"),
      Wrong("-sc fast-projection -np 100", "-np 100: expected 1 to 99"),
      Wrong("-sc projection -s 0", "-s 0: expected at least 1"),
      Wrong("-sc lsh --searchSize -1", "-s -1: expected at least 1"),
    ])
  func `a searcher that cannot be`(_ wrong: Wrong) throws {
    try Workplace.withSample().expectFailure(64, wrong.line, "onepass a.csv -k 2 \(wrong.command)")
  }

  @Test(arguments: ["-np x", "-s 1.5", "-np"])
  func `a number that is none`(_ options: String) throws {
    let words = "onepass a.csv -k 2 -sc projection \(options)".split(separator: " ")
    let outcome = try Workplace.withSample().run(Program.kmeans, words.map(String.init))
    #expect(outcome.status == 64 && outcome.text == "")
  }
}
