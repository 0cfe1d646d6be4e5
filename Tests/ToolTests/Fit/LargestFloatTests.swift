import Testing

/// Floats whose squares are beyond a Float: an ordinary run, no end of the program.
@Suite struct LargestFloatTests {
  @Test(arguments: ["5e19", "1e30", "3.4e38"])
  func `the ordinary start takes them as it takes doubles`(value: String) throws {
    let place = Workplace()
    place.write("0\n\(value)\n-\(value)\n-\(value)\n", to: "c.csv")
    for environment in [[:], ["KMEANS_ISA": "v3"], ["KMEANS_ISA": "baseline"]] {
      for precision in ["float", "double"] {
        guard environment["KMEANS_ISA"] != "v3" || processorHasV3(place) else { continue }
        let outcome = try place.kmeans(
          "fit", "c.csv", "-k", "3", "--precision", precision, "--labels", "-",
          environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text == "2\n1\n0\n0\n")
      }
    }
  }

  private func processorHasV3(_ place: Workplace) -> Bool {
    (try? place.kmeans("--version", environment: ["KMEANS_ISA": "v3"]).status) == 0
  }

  /// A fill value of rasters in half of the rows, and a stream of the same rows.
  @Test func `a fill value in a column is one place of it`() throws {
    let place = Workplace()
    let rows = (0..<400).map { row in
      "\(row % 2 == 0 ? "9.97e36" : "\(row % 7)"),\(row % 5),\(row % 3)\n"
    }
    place.write(rows.joined(), to: "r.csv")
    for command in ["fit", "stream"] {
      for seed in 0..<4 {
        let outcome = try place.kmeans(
          command, "r.csv", "-k", "8", "--precision", "float", "--seed", "\(seed)", "--json")
        #expect(outcome.status == 0, "\(command) \(seed): \(outcome.errors)")
        #expect(outcome.text.contains("\"clusters\":8"))
      }
    }
  }
}
