import Foundation
import Testing

/// What the tool says of itself.
@Suite struct HelpTests {
  @Test(arguments: ["--help", "-h", "help", ""]) func `help`(_ option: String) throws {
    let place = Workplace()
    let outcome = try place.run(Program.kmeans, option.isEmpty ? [] : [option])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.text.hasPrefix("OVERVIEW: Exact k-means on files"))
    for word in ["Exit status: 0, 64 ", "fit  ", "assign  ", "info  ", "convert  "] {
      #expect(outcome.text.contains(word))
    }
  }

  @Test(
    arguments: [
      (
        "fit", ["-k, --clusters", "--init", "--tolerance", "--seed", "--point-weights", "--verify"]
      ),
      (
        "stream",
        ["-k, --clusters", "--half-life", "--time-column", "--batch-size", "--trace", "--compat"]
      ),
      ("assign", ["--model", "--centroids", "--labels", "--append-labels"]), ("info", ["--json"]),
      ("describe", ["--top", "--examples", "--csv", "--json"]),
      ("convert", ["--to", "--dimension", "u8bin", "--json"]),
      ("report", ["--model", "--sketch", "--clusters", "--onepass", "--trace", "--out", "--json"]),
    ])
  func `help of a subcommand`(_ command: String, _ options: [String]) throws {
    let outcome = try Workplace().kmeans(command, "--help")
    #expect(outcome.status == 0)
    for option in options + ["--format", "--columns"] { #expect(outcome.text.contains(option)) }
  }

  /// What must be said comes first, and options stand under what they are about.
  @Test(
    arguments: [
      ("fit", ["CLUSTERS", "-k, --clusters", "INPUT", "<input>", "OUTPUT", "--model", "SPEED"]),
      ("stream", ["CLUSTERS", "-k, --clusters", "--half-life", "INPUT", "OUTPUT", "SPEED"]),
      ("onepass", ["CLUSTERS", "-k,", "INPUT", "OUTPUT", "SKETCH", "BALL K-MEANS", "SPEED"]),
      ("assign", ["CLUSTERS", "--model", "INPUT", "OUTPUT", "--distances", "SPEED"]),
      ("evaluate", ["CLUSTERS", "--labels-true", "INPUT", "OUTPUT", "--all", "SPEED", "--sample"]),
      ("elbow", ["CLUSTERS", "-k, --clusters", "INPUT", "OUTPUT", "--json", "SPEED"]),
      ("describe", ["<model>", "INPUT", "OUTPUT", "--top", "SPEED"]),
      (
        "report",
        ["<input>", "WHAT IS SHOWN", "-k", "STREAMS", "CLUSTERS", "OUTPUT", "--out", "SPEED"]
      ),
      ("convert", ["<input>", "INPUT", "--format", "OUTPUT", "--to"]),
      ("generate", ["<scene>", "SCENE", "-k, --clusters", "--at", "OUTPUT", "--truth"]),
      ("info", ["<input>", "INPUT", "--columns"]),
    ])
  func `help comes in groups`(_ command: String, _ words: [String]) throws {
    let text = try Workplace().kmeans(command, "--help").text
    var rest = try #require(
      text.range(of: "\n\n", range: try usage(text).upperBound..<text.endIndex)
    )
    .upperBound
    for word in words {
      let form = word == word.uppercased() && !word.hasPrefix("-") ? "\n\(word):\n" : "  \(word)"
      let place = try #require(
        text.range(of: form, range: text.index(before: rest)..<text.endIndex), "\(word)")
      rest = place.upperBound
    }
  }

  private func usage(_ text: String) throws -> Range<String.Index> {
    try #require(text.range(of: "USAGE: "))
  }

  @Test(arguments: [
    ("help fitt", "There is no command 'fitt'. Did you mean 'fit'?"),
    ("fitt --help", "There is no command 'fitt'. Did you mean 'fit'?"),
    ("help cluster", "There is no command 'cluster'. Did you mean 'fit'?"),
  ])
  func `help on a word that is no command`(_ command: String, _ line: String) throws {
    try Workplace().expectFailure(64, "\(line) See 'kmeans --help'", command)
  }

  @Test func `the help lists what is missing`() throws {
    let text = try Workplace().kmeans("fit", "--help").text.replacing(#/\s+/#, with: " ")
    #expect(
      text.contains("a missing value (an empty field, NA, N/A, n/a, ?, null or nan in any case)"))
  }

  @Test func `every default is told`() throws {
    let text = try Workplace().kmeans("fit", "--help").text.replacing(#/\s+/#, with: " ")
    for value in [
      "in double quotes. (default: numeric)",
      "auto, blas, fused, filtered, inverted; default: auto)",
      "to start from. (default: greedy)",
      "manhattan, chebyshev, minkowski (--minkowski-p) and tanimoto. (default: euclidean)",
      "passes. (default: what is available)", "iterations of a fit. (default: 300)",
      "changes. (default: 1e-4)", "wins. (default: 1)", "draw. (default: 0)",
    ] { #expect(text.contains(value), "\(value)") }
  }

  @Test func `the version names the kernels of the tool and of OpenBLAS`() throws {
    let outcome = try Workplace().kmeans("--version")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let form =
      #/kmeans \d+\.\d+\.\d+, (baseline|v3|v4|v4vnni) kernels, OpenBLAS [\d.]+ with \w+ kernels\n(note: OpenBLAS took .*\n)?/#
    #expect(outcome.text.wholeMatch(of: form) != nil, "\(outcome.text)")
    let baseline = try Workplace().run(
      Program.kmeans, ["--version"], environment: ["KMEANS_ISA": "baseline"])
    #expect(baseline.text.contains(" baseline kernels, "), "\(baseline.text)")
  }

  @Test func `shells complete the names of files where files are meant`() throws {
    let script = try Workplace().kmeans("--generate-completion-script", "bash").text
    for option in ["--model", "--labels", "--centroids", "--append-labels", "--point-weights"] {
      #expect(script.contains("'\(option)')\n        __kmeans_add_completions -f\n"), "\(option)")
    }
    #expect(script.contains("'--trace')\n        __kmeans_add_completions -f\n"))
    #expect(script.contains("__kmeans_add_completions -d\n"))
  }

  @Test func `no line of a description is broken twice`() throws {
    let help = try Workplace().kmeans("assign", "--help").text
    #expect(
      help.contains("standard\noutput, one a line; those of a pipe as soon as its rows come.\n"))
  }
}
