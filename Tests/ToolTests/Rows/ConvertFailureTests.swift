import Foundation
import Testing

/// Conversions that cannot be: one line that says why, and nothing half-written.
@Suite struct ConvertFailureTests {
  @Test(arguments: [
    Wrong(
      "convert a.csv o.xyz",
      "output 'o.xyz': expected a name that ends in .npy, .csv, .tsv, .f32, .fvecs, .bvecs, .ivecs, "
        + ".fbin, .u8bin, .i8bin, .safetensors, .idx, .libsvm, .spark, .mtx, .docword or "
        + ".npz, or that and .gz", 64),
    Wrong(
      "convert a.csv ./a.csv", "output ./a.csv: expected another file than the input a.csv", 64),
    Wrong("convert a.csv - --json", "--json and - both want the standard output", 64),
    Wrong(
      "convert a.csv - --to npy",
      "standard output: npy says before the rows how many there are, which is not known here: it "
        + "needs a file, not a pipe or a device", 64),
    Wrong(
      "convert a.npy - --to npz",
      "standard output: npz has its checksum before the rows: it needs a file, not a pipe or a "
        + "device", 64),
    Wrong("convert a.csv o.npz.gz", "o.npz.gz: npz is an archive already: expected no .gz", 64),
    Wrong(
      "convert a.csv o.u8bin",
      "o.u8bin: the value 1.5 in row 2, column 1 cannot be written: u8bin holds whole numbers from 0 "
        + "to 255 (rows and columns count from 1)"),
    Wrong(
      "convert large.npy o.npy --precision float",
      "large.npy: the value in row 2, column 1 is more than a 32-bit float can hold (rows and columns "
        + "count from 1); expected --precision double"),
    Wrong(
      "convert bad.csv o.npy",
      "bad.csv: line 2, column 1: expected a number, found 'x' (--on-invalid skip leaves such rows out)"
    ),
    Wrong("convert no.csv o.npy", "no.csv: cannot open: No such file or directory", 74),
    Wrong("convert a.csv sub", "sub: cannot write: Is a directory", 74),
  ])
  func `what cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write(npyFile([1.0, 1e100], columns: 1), to: "large.npy")
    place.write("1\nx\n", to: "bad.csv")
    place.makeFolder("sub")
    let words = wrong.command.split(separator: " ").map(String.init)
    let extra =
      (wrong.command.contains(" sub") ? ["--to", "npy"] : [])
      + (wrong.command.contains("bad.csv") ? ["--columns", "1"] : [])
    try place.expectFailure(wrong.status, wrong.line, words + extra)
  }

  @Test func `a signal leaves nothing`() throws {
    let place = Workplace()
    place.write("old", to: "o.fvecs")
    let pipe = Pipe()
    let running = try Running(
      Program.kmeans, ["convert", "-", "o.fvecs"], in: place, pipe: pipe)
    try pipe.fileHandleForWriting.write(
      contentsOf: Data(String(repeating: "1,2\n", count: 1000).utf8))
    try running.waitUntilAtWork()
    #expect(place.names.count == 2)
    let (outcome, duration) = running.end(with: SIGTERM)
    SignalTests.expect(outcome, after: duration, (SIGTERM, "SIGTERM"))
    try pipe.fileHandleForWriting.close()
    #expect(place.names == ["o.fvecs"])
    #expect(try place.text("o.fvecs") == "old")
  }

  @Test func `a disk that is full`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(100_000, seed: 4), columns: 4), to: "p.npy")
    for name in ["o.npy", "o.csv.gz", "o.npz", "o.libsvm"] {
      let before = place.contents
      let outcome = try place.shell("ulimit -f 8; exec \"$KMEANS\" convert p.npy \(name)")
      #expect(outcome.errors == "kmeans: \(name): cannot write: File too large\n")
      #expect(outcome.status == 74)
      #expect(outcome.text == "")
      #expect(place.contents == before)
    }
  }
}
