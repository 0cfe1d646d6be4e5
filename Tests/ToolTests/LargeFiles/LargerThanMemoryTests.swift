#if os(Linux)
  import Foundation
  import Testing

  /// Files of holes that are eight times as large as the memory of the machine: what would hold
  /// them is refused in one line before anything is read. Nothing is wrong with them, so that it is
  /// no error of data.
  @Suite struct LargerThanMemoryTests {
    static let memory = Int(ProcessInfo.processInfo.physicalMemory)

    /// Writes a header with holes behind it.
    private func write(_ header: [UInt8], holes: Int, to name: String, in place: Workplace) throws {
      place.write(header, to: name)
      try #require(truncate("\(place.path)/\(name)", off_t(header.count + holes)) == 0)
    }

    private func workplace() throws -> (Workplace, rows: Int, values: Int) {
      let place = Workplace.withSample()
      let rows = Self.memory / 20
      try write(
        npyFile([], type: "<f4", shape: "(\(rows), 40)"), holes: rows * 160, to: "large.npy",
        in: place)
      place.write(npyFile([Float](repeating: 0, count: 80), columns: 40), to: "start40.npy")
      let values = Self.memory
      try write(
        npyFile([], type: "<f8", shape: "(\(values),)"), holes: values * 8, to: "long.npy",
        in: place)
      return (place, rows, values)
    }

    @Test(
      arguments: [
        "elbow large.npy --clusters 2-3", "evaluate large.npy --centroids start40.npy",
        "assign a.npy --centroids large.npy",
        "fit a.npy -k 2 --init large.npy", "stream a.npy -k 2 --init large.npy",
        "evaluate a.npy --centroids large.npy", "stream large.npy -k 2",
        "stream large.npy -k 2 --batch-size 9223372036854775807",
        "fit a.npy -k 2 --point-weights long.npy", "elbow a.npy -k 2 --point-weights long.npy",
        "evaluate a.npy --labels long.npy",
        "evaluate a.npy --centroids start.npy --labels-true long.npy",
        "evaluate a.npy --centroids start.npy --point-weights long.npy",
      ])
    func `what does not fit into memory`(_ command: String) throws {
      let (place, rows, values) = try workplace()
      let words = command.split(separator: " ").map(String.init)
      let before = place.names
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 74 && outcome.text == "", "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(place.names == before)
      if command.hasPrefix("stream large") {
        #expect(outcome.errors.hasPrefix("kmeans: large.npy: a batch of more than "))
        #expect(
          outcome.errors.hasSuffix(" rows does not fit into memory, expected --batch-size N\n"))
      } else {
        let name = command.contains("large") ? "large.npy: \(rows) " : "long.npy: \(values) "
        #expect(outcome.errors.hasPrefix("kmeans: \(name)"), "\(outcome.errors)")
        let columns = command.contains("large") ? "40 columns" : "1 column"
        #expect(outcome.errors.contains(" of \(columns) take "), "\(outcome.errors)")
        #expect(outcome.errors.contains("of memory or more, expected at most "))
        #expect(outcome.errors.contains(", nine tenths of what is free"))
      }
    }

    @Test func `drawn centroids that do not fit into memory`() throws {
      let place = Workplace.withSample()
      let outcome = try place.kmeans(
        "stream", "a.npy", "-k", "2147483647", "--init", "gaussian")
      #expect(outcome.status == 74, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("kmeans: 2147483647 clusters of 2 columns take 256.0 GiB"))
    }

    /// Rows of a pipe are counted as they come.
    @Test func `a pipe of more rows than may be in memory`() throws {
      let place = Workplace()
      place.write(String(repeating: "1,2\n", count: 2_000_000), to: "a.csv")
      let outcome = try place.shell("cat a.csv | \"$KMEANS\" fit - -k 2 --memory 80M --threads 1")
      // The user set the limit.
      #expect(outcome.status == 64, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("kmeans: standard input: a fit takes "), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }

    @Test func `rows that wait for others`() throws {
      let place = Workplace.withSample()
      // So many are never there, and nothing is taken for them before.
      let outcome = try place.kmeans(
        "stream", "a.npy", "-k", "2", "--first-rows", "9000000000000000000", "--quiet")
      #expect(outcome.status == 0 && outcome.errors == "")
    }

    @Test func `a file of 2^43 bytes that begins with gzip`() throws {
      let place = Workplace()
      let packed = gzipFile(Array("1,2\n3,4\n5,6\n".utf8))
      try write(packed, holes: 1 << 43, to: "a.csv.gz", in: place)
      for command in ["info", "fit"] {
        let outcome = try place.run(
          Program.kmeans, [command, "a.csv.gz"] + (command == "fit" ? ["-k", "2"] : []))
        #expect(outcome.status == 65)
        #expect(
          outcome.errors
            == "kmeans: a.csv.gz: byte \(packed.count + 64 << 20): more than 64 MiB of zeros after "
            + "the gzip data, expected its end\n")
      }
    }
  }
#endif
