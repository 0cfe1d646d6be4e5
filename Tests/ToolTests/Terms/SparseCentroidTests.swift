import Foundation
import Testing

/// `--centroids C.npz`: centroids without their zeros.
@Suite struct SparseCentroidTests {
  private static func withCounts() -> Workplace {
    let place = Workplace()
    let lines = (0..<60).map { row in
      let topic = row % 3
      return "0 \(1 + topic * 4):\(2 + row % 5) \(2 + topic * 4):\(1 + row % 2) 13:1"
    }
    place.write(lines.joined(separator: "\n") + "\n", to: "counts.libsvm")
    return place
  }

  @Test(
    arguments: [
      "fit counts.libsvm -k 3", "onepass counts.libsvm -k 3",
      "stream counts.libsvm -k 3 --first-rows 30",
    ])
  func `centroids are written as compressed rows, and read again`(command: String) throws {
    let place = Self.withCounts()
    let words = command.split(separator: " ").map(String.init) + ["--quiet", "--centroids"]
    for name in ["c.npz", "c.npy"] {
      let outcome = try place.run(Program.kmeans, words + [name])
      #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    }
    // The same values, of which a third or so are not zero.
    for name in ["c.npz", "c.npy"] {
      let csv = try place.kmeans("convert", name, "\(name).csv", "--quiet")
      #expect(csv.status == 0, "\(csv.errors)")
    }
    #expect(try place.text("c.npz.csv") == place.text("c.npy.csv"))
    let labels = try ["c.npz", "c.npy"].map {
      try place.kmeans("assign", "counts.libsvm", "--centroids", $0).text
    }
    #expect(labels[0] == labels[1] && labels[0].split(separator: "\n").count == 60)
  }

  @Test func `only centroids are`() throws {
    let place = Self.withCounts()
    try place.expectFailure(
      64, "--labels 'l.npz': expected a name that ends in .npy or .csv",
      "fit counts.libsvm -k 3 --labels l.npz")
  }
}
