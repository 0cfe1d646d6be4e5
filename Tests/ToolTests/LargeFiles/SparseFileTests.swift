#if os(Linux)
  import Foundation
  import Testing

  /// A file of 1 GiB, most of it holes, in 128 MiB of memory.
  @Suite struct SparseFileTests {
    @Test func `a gigabyte in an eighth of it`() throws {
      let place = Workplace()
      let (rows, columns) = (1 << 20, 256)
      let header = npyFile([], type: "<f4", shape: "(\(rows), \(columns))")
      place.write(header, to: "large.npy")
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(place.path)/large.npy"))
      try file.truncate(atOffset: UInt64(header.count + 4 * rows * columns))
      // A few rows at both ends and in between that are not zero: five places in all.
      for (place, row) in [0, 1, rows / 2, rows - 1].enumerated() {
        try file.seek(toOffset: UInt64(header.count + 4 * row * columns))
        try file.write(
          contentsOf: Data(bytes([Float](repeating: Float(place + 1), count: columns))))
      }
      try file.close()

      let running = try Running(
        Program.kmeans,
        ["fit", "large.npy", "-k", "5", "--memory", "128M", "--max-iterations", "3", "--json"]
          + ["--tolerance", "0", "--labels", "l.npy"], in: place)
      let peak = running.peakMemory()
      let outcome = running.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.text.contains(#""inertia":0,"#), "\(outcome.text)")
      #expect(outcome.text.contains(#""points":1048576,"#))
      #expect(peak > 16 << 20 && peak <= 128 << 20, "\(peak >> 20) MiB")
      let labels = try place.bytes("l.npy")
      #expect(labels.count == 128 + 4 * rows)
      let few = [0, 1, 2, rows / 2, rows - 1].map { labels[128 + 4 * $0] }
      #expect(Set(few).count == 5)
    }
  }

  extension Running {
    /// The largest resident memory of the program, in bytes, when it has ended.
    fileprivate func peakMemory() -> Int {
      var peak = 0
      while isRunning {
        peak = max(peak, memoryHighWater ?? 0)
        usleep(20_000)
      }
      return peak
    }
  }
#endif
