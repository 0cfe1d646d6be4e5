import Foundation
import Testing

/// SIGUSR1 asks for the model of a stream while it goes on.
@Suite struct StreamRequestTests {
  private func start(_ words: String, in place: Workplace, _ pipe: Pipe) throws -> Running {
    try Running(
      Program.kmeans, words.split(separator: " ").map(String.init), in: place, pipe: pipe)
  }

  @Test func `while it waits for input`() throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let running = try start(
      "stream - -k 2 --init start.npy --batch-size 2 --predictions p.csv --model m --centroids c.csv",
      in: place, pipe)
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data("1,3\n10,13\n".utf8))
    try StreamLiveTests.wait(for: 3, linesIn: "p.csv", of: place)
    running.send(SIGUSR1)
    try StreamLiveTests.wait(for: 3, linesIn: "c.csv", of: place)
    #expect(try place.text("c.csv", under: "column1,column2") == "1.0,3.0\n10.0,13.0\n")
    #expect(place.names.filter { $0.hasPrefix(".") } == [])
    // It goes on, and what is written later is later.
    try input.write(contentsOf: Data("1,5\n10,15\n".utf8))
    try StreamLiveTests.wait(for: 5, linesIn: "p.csv", of: place)
    try input.close()
    let outcome = running.wait()
    #expect(outcome.status == 0)
    #expect(outcome.errors == "SIGUSR1 after 1 batch, written: m, c.csv\n")
    #expect(try place.text("c.csv", under: "column1,column2") == "1.0,4.0\n10.0,14.0\n")
  }

  @Test func `nothing to write`() throws {
    let place = Workplace.withStream()
    for (words, line) in [
      (
        "stream - -k 2 --init start.npy --batch-size 2 --trace t.jsonl",
        "SIGUSR1 after 1 batch: nothing to write, expected --model, --centroids or --cluster-weights\n"
      ),
      (
        "stream - -k 2 --first-rows 9 --batch-size 2 --trace t.jsonl --model m",
        "SIGUSR1 after 1 batch: there are no centroids yet, nothing is written\n"
      ),
    ] {
      place.remove("t.jsonl")
      let pipe = Pipe()
      let running = try start(words, in: place, pipe)
      try pipe.fileHandleForWriting.write(contentsOf: Data("1,3\n10,13\n".utf8))
      try StreamLiveTests.wait(for: 1, linesIn: "t.jsonl", of: place)
      running.send(SIGUSR1)
      try running.waitUntilTaken(SIGUSR1)
      #expect(eventually { running.errors.contains(line) }, "\(running.errors)")
      #expect(!place.names.contains("m"))
      try pipe.fileHandleForWriting.close()
      #expect(running.wait().status == 0)
    }
  }

  @Test(
    arguments: [
      ("-k 2 --model m", "there is no model yet, nothing is written"),
      ("--init start.npy --centroids c.csv", "nothing is learnt yet, nothing is written"),
      ("-k 2", "nothing to write, expected --model, --centroids or --cluster-weights"),
    ])
  func `before the first row`(_ options: String, _ why: String) throws {
    let place = Workplace.withStream()
    let pipe = Pipe()
    let running = try start("stream - \(options)", in: place, pipe)
    try running.waitUntilAtWork()
    running.send(SIGUSR1)
    let line = "SIGUSR1 before the first row: \(why)\n"
    #expect(eventually { running.errors == line }, "\(running.errors)")
    try pipe.fileHandleForWriting.write(contentsOf: Data("1,3\n10,13\n".utf8))
    try pipe.fileHandleForWriting.close()
    #expect(running.wait().status == 0)
  }

  /// Its default would end them.
  @Test func `other commands go on`() throws {
    let place = Workplace.withSample()
    let pipe = Pipe()
    let running = try start("fit - -k 2 --labels - --quiet", in: place, pipe)
    try pipe.fileHandleForWriting.write(contentsOf: Data(Sample.csv.utf8))
    try running.waitUntilAtWork()
    running.send(SIGUSR1)
    #expect(eventually { !running.errors.isEmpty })
    try pipe.fileHandleForWriting.close()
    let outcome = running.wait()
    #expect(outcome.status == 0 && outcome.text.split(separator: "\n").count == 4)
    #expect(
      outcome.errors
        == "kmeans: SIGUSR1: nothing is done (a stream at work writes its model, a fit says how far it "
        + "is)\n")
  }
}
