import Foundation
import Testing

/// One pass over what comes by a pipe: the same bits as from a file, and nothing that is left
/// behind.
@Suite struct OnePassStreamTests {
  static let outputs = ["c.npy", "w.npy", "m"]

  static func options(_ folder: String) -> String {
    "-k 4 -km 40 --centroids \(folder)c.npy --cluster-weights \(folder)w.npy --model \(folder)m"
  }

  @Test func `a pipe is a file, bit for bit`() throws {
    let place = Workplace.withHeaps()
    for folder in ["file", "pipe", "slow", "gzip"] {
      place.makeFolder(folder)
    }
    let file = try place.bytes("p.npy")
    let facts = try place.onePassFacts("p.npy \(Self.options("file/"))")
    let piped = try place.onePassFacts("- \(Self.options("pipe/"))", input: file)
    place.write(gzipFile(file), to: "p.npy.gz")
    try place.onePass("p.npy.gz \(Self.options("gzip/")) --quiet")
    let slow = try place.shell(
      """
      { head -c 9001 p.npy; sleep 0.2; tail -c +9002 p.npy; } \
        | "$KMEANS" onepass - --quiet \(Self.options("slow/"))
      """)
    #expect(slow.status == 0, "\(slow.errors)")
    #expect(facts.collapses > 0)
    #expect(facts.costUpper == piped.costUpper)
    #expect(facts.costLower == piped.costLower)
    for name in Self.outputs {
      for folder in ["pipe", "slow", "gzip"] {
        #expect(
          try place.bytes("file/\(name)") == place.bytes("\(folder)/\(name)"), "\(folder)/\(name)")
      }
    }
  }

  @Test func `the same bits for threads, text and repetitions; others for another seed`() throws {
    let place = Workplace.withHeaps()
    try place.kmeans("convert", "p.npy", "p.csv", "--quiet")
    let options = "-k 4 -km 40 --centroids c.csv -ow --quiet"
    try place.onePass("p.npy \(options)")
    let centroids = try place.text("c.csv")
    for input in [
      "p.npy --threads 1", "p.npy --threads 3", "p.csv --precision float", "p.npy --strategy blas",
    ] {
      try place.onePass("\(input) \(options)")
      #expect(try place.text("c.csv") == centroids, "\(input)")
    }
    try place.onePass("p.npy \(options) --seed 1")
    #expect(try place.text("c.csv") != centroids)
  }

  @Test func `a weight counts as so many points`() throws {
    let place = Workplace()
    place.write("w,x,y\n3,1,2\n1,5,2\n0,100,100\n2,10,11\n2,10,12\n", to: "w.csv")
    let facts = try place.onePassFacts(
      "w.csv -k 2 -km 5 -e 1e-6 --point-weights w --centroids c.csv --cluster-weights w2.csv "
        + "--labels l.csv")
    #expect(try Set(place.numbers("c.csv")) == [[2, 2], [10, 11.5]])
    #expect(try place.numbers("w2.csv") == [[4], [4]])
    #expect(facts.points == 5)
    #expect(facts.cost == 13)
    #expect(facts.costLower <= 13 && 13 <= facts.costUpper)
    #expect(try place.numbers("l.csv").count == 5)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal leaves nothing`(_ signal: Int32) throws {
    let place = Workplace.withSample()
    let before = place.contents
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans, ["onepass", "-", "-k", "2", "-o", "out/deep", "--model", "m"], in: place,
      pipe: pipe)
    try pipe.fileHandleForWriting.write(contentsOf: Data(Sample.csv.utf8))
    try running.waitUntilAtWork()
    let (outcome, duration) = running.end(with: signal)
    #expect(outcome.status == 128 + signal)
    #expect(outcome.errors.hasSuffix(", no file is left half-written\n"))
    #expect(duration < SignalTests.limit)
    #expect(place.contents == before)
    try pipe.fileHandleForWriting.close()
  }

  #if os(Linux)
    /// 2,000,000 x 16 floats are 128 MB, of which a sketch keeps next to nothing.
    @Test func `memory is that of the sketch`() throws {
      let place = Workplace()
      let rows = npyFile(TestRandom.values(16 * 20_000, seed: 2), columns: 16).dropFirst(128)
      place.write(Array(rows), to: "rows.f32")
      place.write(
        npyFile([], type: "<f4", shape: "(2000000, 16)").prefix(128).map { $0 }, to: "head")
      let pipe = Pipe()
      let running = try Running(
        Program.kmeans, ["onepass", "-", "-k", "2", "-km", "10", "-e", "3", "--threads", "1"],
        in: place, pipe: pipe)
      let write = pipe.fileHandleForWriting
      try write.write(contentsOf: Data(place.bytes("head")))
      var peak = 0
      for _ in 0..<100 {
        try write.write(contentsOf: Data(rows))
        peak = max(peak, running.memoryHighWater ?? 0)
      }
      try write.close()
      let outcome = running.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.text.contains("2000000 points of 16 columns"))
      #expect(peak > 1 << 20 && peak < 100 << 20, "\(peak >> 20) MiB")
    }
  #endif
}
