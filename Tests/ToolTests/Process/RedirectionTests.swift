import Foundation
import Testing

/// Standard streams that the shell leads into a file that is read: nothing is added to it.
@Suite struct RedirectionTests {
  private func check(_ command: String, _ line: String, errors: String? = nil) throws {
    let place = Workplace.withSample()
    place.write("1\n1\n1\n1\n", to: "w.csv")
    place.write("0\n0\n1\n1\n", to: "l.csv")
    _ = try place.kmeans("fit", "a.csv", "-k", "2", "--model", "m.kmeans", "--quiet")
    _ = try place.shell("ln a.csv hard.csv")
    var before = place.contents
    let outcome = try place.shell("\"$KMEANS\" \(command)")
    #expect(outcome.status == 64, "\(command)")
    #expect(outcome.errors == errors ?? "kmeans: the \(line)\n", "\(command)")
    #expect(outcome.text == "")
    // What the shell itself makes.
    before["e"] = place.contents["e"]
    #expect(place.contents == before, "\(command)")
  }

  @Test(arguments: [
    "fit a.csv -k 2", "fit a.csv -k 2 --json", "fit a.csv -k 2 --labels l.npy --quiet",
    "fit hard.csv -k 2 --labels -", "assign a.csv --centroids start.npy",
    "assign a.csv --model m.kmeans --labels l.npy --json", "stream a.csv -k 2",
    "stream a.npy a.csv -k 2 --json", "stream a.csv -k 2 --trace -", "onepass a.csv -k 2",
    "onepass -i a.csv -k 2 --json", "elbow a.csv -k 1-2", "elbow a.csv -k 1-2 --json",
    "evaluate a.csv --centroids start.npy", "evaluate a.csv --model m.kmeans --json",
    "convert a.csv -", "convert a.csv b.npy", "info a.csv", "info a.csv --json",
  ])
  func `the standard output into the input`(_ command: String) throws {
    let input = command.contains("hard") ? "hard.csv" : "a.csv"
    try check(
      "\(command) >>a.csv", "standard output: expected another file than the input \(input)")
  }

  @Test(arguments: [
    ("fit a.csv -k 2 --point-weights w.csv", "w.csv"),
    ("fit a.csv -k 2 --init start.npy", "start.npy"),
    ("fit a.csv -k 2 --init m.kmeans", "m.kmeans"),
    ("elbow a.csv -k 1-2 --point-weights w.csv", "w.csv"),
    ("assign a.csv --model m.kmeans", "m.kmeans"),
    ("assign a.csv --centroids start.npy", "start.npy"),
    ("stream a.csv -k 2 --init start.npy", "start.npy"), ("info m.kmeans", "m.kmeans"),
    ("evaluate a.csv --model m.kmeans --labels-true l.csv", "l.csv"),
    ("evaluate a.csv --labels l.csv --point-weights w.csv", "w.csv"),
    ("evaluate a.csv --labels l.csv", "l.csv"),
  ])
  func `and into other files that are read`(_ command: String, _ file: String) throws {
    try check(
      "\(command) >>\(file)", "standard output: expected another file than the input \(file)")
  }

  @Test(arguments: [
    "fit - -k 2", "assign - --centroids start.npy", "stream - -k 2", "onepass - -k 2",
    "elbow - -k 1-2", "evaluate - --centroids start.npy", "convert - b.npy", "info -",
  ])
  func `and into what the standard input reads`(_ command: String) throws {
    try check(
      "\(command) <a.csv >>a.csv", "standard output: expected another file than the standard input")
  }

  /// The line that says so cannot be told but by another stream that people read, and here is none.
  @Test(arguments: ["fit a.csv -k 2", "stream a.csv -k 2 --trace t.jsonl", "info a.csv"])
  func `the standard error into the input`(_ command: String) throws {
    try check("\(command) 2>>a.csv", "", errors: "")
    try check("\(command) >>a.csv 2>&1", "", errors: "")
  }

  #if os(Linux)
    /// On a terminal there is one.
    @Test func `is told on a terminal`() throws {
      let place = Workplace.withSample()
      let outcome = try place.shell(
        "script -qec '\"$KMEANS\" fit a.csv -k 2 2>>a.csv' /dev/null </dev/null")
      // Where the program that makes a terminal is not there, nothing can be seen.
      if outcome.status == 127 { return }
      #expect(outcome.status == 64)
      #expect(
        outcome.text == "kmeans: the standard error: expected another file than the input a.csv\r\n"
      )
      #expect(try place.text("a.csv") == Sample.csv)
    }
  #endif

  @Test func `what is no file, or another one, may be both`() throws {
    let place = Workplace.withSample()
    _ = try place.shell("mkfifo fifo")
    for command in [
      "fit a.csv -k 2 >/dev/null 2>/dev/null", "fit - -k 2 <a.csv >>o.txt 2>>e.txt",
      "cat a.csv | \"$KMEANS\" fit - -k 2 | cat", "stream a.csv -k 2 --first-rows 2 >>a.npy",
      "info a.csv >&2", "cat <fifo & \"$KMEANS\" info a.csv >fifo; wait",
    ] {
      let outcome = try place.shell(
        command.contains("KMEANS") ? command : "\"$KMEANS\" \(command)")
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      #expect(try place.text("a.csv") == Sample.csv)
    }
  }
}
