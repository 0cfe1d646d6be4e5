import Foundation
import Testing

/// `--json`: the keys are a contract, and numbers lose nothing.
@Suite struct ReportTests {
  static func object(_ outcome: Outcome, notes: String = "") throws -> [String: Any] {
    #expect(outcome.status == 0)
    #expect(outcome.errors == notes)
    #expect(outcome.text.hasSuffix("}\n"))
    #expect(outcome.text.split(separator: "\n").count == 1)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output))
    return try #require(object as? [String: Any])
  }

  /// A number as it is printed; Foundation's parser does not return every one exactly.
  static func number(_ key: String, _ outcome: Outcome) throws -> Substring {
    let found = outcome.text.firstMatch(of: try Regex("\"\(key)\":([0-9.e-]+)[,}]"))
    return try #require(found?.output[1].substring)
  }

  @Test func `a fit is one object on one line`() throws {
    let place = Workplace.withSample()
    let object = try Self.object(
      place.kmeans("fit", "a.npy", "-k", "2", "--json", "--labels", "l.csv"))
    let contract: Set = [
      "points", "dimension", "clusters", "iterations", "converged", "inertia", "seconds",
      "readSeconds", "pointsPerSecond", "redecidedShare", "threads", "strategy", "isa",
      "clusterSizes", "emptyClusters", "columns",
    ]
    #expect(contract.subtracting(object.keys) == [])
    #expect(object["clusterSizes"] as? [Int] == [2, 2])
    #expect(object["emptyClusters"] as? Int == 0)
    #expect(object["columns"] as? [String] == ["1", "2"])
    #expect(object["clusterWeights"] == nil)
    #expect(object["points"] as? Int == 4)
    #expect(object["dimension"] as? Int == 2)
    #expect(object["clusters"] as? Int == 2)
    #expect(object["converged"] as? Bool == true)
    #expect(object["inertia"] as? Double == 0.625)
    #expect(place.names.contains("l.csv"))
  }

  @Test func `an assignment is one object on one line`() throws {
    let place = Workplace.withSample()
    let object = try Self.object(
      place.kmeans("assign", "a.npy", "--centroids", "start.npy", "--json"))
    #expect(object["points"] as? Int == 4)
    #expect(object["clusters"] as? Int == 2)
    #expect(object["inertia"] as? Double == 0.25 + 1)
    #expect(object["strategy"] as? String == "fused")
  }

  @Test func `what info prints of a model is what the fit printed, to the last bit`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(600, seed: 3), columns: 3), to: "p.npy")
    let fit = try place.kmeans(
      "fit", "p.npy", "-k", "7", "--json", "--model", "m", "--centroids", "c.npy")
    let info = try place.kmeans("info", "m", "--json")
    for key in ["inertia", "iterations", "clusters", "dimension", "points"] {
      #expect(try Self.number(key, fit) == Self.number(key, info), "\(key)")
    }
    // The model says the same number in its own eight bytes.
    let inertia = try #require(Double(Self.number("inertia", fit)))
    let file = try place.bytes("m")
    let wanted = bytes([inertia])
    #expect(inertia != inertia.rounded())
    #expect((0...file.count - 8).contains { Array(file[$0..<$0 + 8]) == wanted })
    let centroids = try place.bytes("c.npy").suffix(7 * 3 * 4)
    #expect((0...file.count - 84).contains { file[$0..<$0 + 84].elementsEqual(centroids) })
  }
}
