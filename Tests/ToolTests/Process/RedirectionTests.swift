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

  @Test(arguments: [
    ("fit a.csv -k 2 --labels o.csv --json", "--labels"),
    ("fit a.csv -k 2 --centroids o.csv", "--centroids"),
    ("fit a.csv -k 2 --model o.csv --quiet", "--model"),
    ("fit a.csv -k 2 --append-labels o.csv --json", "--append-labels"),
    ("assign a.csv --model m.kmeans --labels o.csv --json", "--labels"),
    ("assign a.csv --model m.kmeans --distances o.csv", "--distances"),
    ("stream a.csv -k 2 --trace o.csv --json", "--trace"),
    ("stream a.csv -k 2 --predictions o.csv", "--predictions"),
    ("stream a.csv -k 2 --cluster-weights o.csv", "--cluster-weights"),
    ("onepass a.csv -k 2 --centroids o.csv -ow", "--centroids"),
    ("convert a.csv o.csv --json", "output"),
  ])
  func `and into an output`(_ command: String, _ option: String) throws {
    for (stream, name) in [(">>", "output"), ("2>>", "error")] {
      let place = Workplace.withSample()
      place.write("before\n", to: "o.csv")
      _ = try place.kmeans("fit", "a.csv", "-k", "2", "--model", "m.kmeans", "--quiet")
      let before = place.contents
      let outcome = try place.shell("\"$KMEANS\" \(command) \(stream)o.csv")
      #expect(outcome.status == 64, "\(command)")
      let line = "kmeans: \(option) o.csv: expected another file than the standard \(name)\n"
      #expect(outcome.text == "")
      if name == "output" {
        #expect(outcome.errors == line, "\(command)")
        #expect(place.contents == before, "\(command)")
      } else {
        // Where the user asked for it; what the file held is there still.
        #expect(try place.text("o.csv") == "before\n" + line, "\(command)")
      }
    }
  }

  /// Names that the system gives the standard output are that.
  @Test func `a name of the standard output`() throws {
    let place = Workplace.withSample()
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
      let plain = try place.shell("\"$KMEANS\" fit a.csv -k 2 --seed 1 --labels \(name)")
      #expect(plain.text.split(separator: "\n").count == 4)
      let file = try place.shell("\"$KMEANS\" fit a.csv -k 2 --seed 1 --labels \(name) >o.csv")
      #expect(file.status == 0)
      #expect(try place.text("o.csv") == plain.text)
      let both = try place.shell("\"$KMEANS\" fit a.csv -k 2 --json --labels \(name)")
      #expect(both.errors == "kmeans: --json and --labels - both want the standard output\n")
    }
  }

  /// Help, and lines about words that mean nothing, are nowhere but where people read.
  @Test(arguments: [
    "fit a.csv -k abc 2>>a.csv", "fit a.csv -k 2 --colour red 2>>a.csv",
    "fit a.csv -k 2 --init=hard.csv --centroids 2>>a.csv", "stream - -k abc <a.csv 2>>a.csv",
    "fit a.csv --help >>a.csv", "help fit a.csv >>a.csv", "--nothing=a.csv 2>>a.csv",
  ])
  func `and into files that the words name`(_ command: String) throws {
    let line = "standard output: expected another file than a.csv"
    try check(
      command, line, errors: command.contains("2>>") ? "" : "kmeans: the \(line)\n")
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
