import ArgumentParser

/// What a report of a stream is of.
struct StreamReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The trace of a stream ('kmeans stream --trace'), or - for the standard input; with INPUT, the "
        + "points that it learnt, also these.", valueName: "T.jsonl"), completion: .file())
  var trace: String?

  @Flag(
    help: "Learn INPUT as a stream of K clusters with several half-lives, side by side.")
  var sweep = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The half-lives of --sweep, in batches. (default: 0.5,1,2,5,10,never)", valueName: "LIST"),
    transform: halfLifeList)
  var halfLives: [Double]?

  @Option(
    help: ArgumentHelp(
      "Where the clusters of a stream are in truth: 'kmeans generate --truth'.",
      valueName: "TRUTH.jsonl"), completion: .file())
  var truth: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of a stream: INPUT is cut into batches of N rows; each file is one otherwise.",
      valueName: "N"), transform: wholeNumber)
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of a trace: the half-lives without points after which the stream lets a cluster die, or never. "
        + "(default: 8)", valueName: "H"), transform: lifetime)
  var deaths: Double?

  var isAskedFor: Bool { trace != nil || sweep }
  var filesRead: [String?] { [trace, truth] }

  func validate() throws {
    if let trace, sweep {
      throw ValidationError("--trace \(trace) and --sweep: expected one of them")
    }
    let given = [
      ("--half-lives", halfLives != nil, sweep, "--sweep"),
      ("--truth", truth != nil, isAskedFor, "--trace or --sweep"),
      ("--batch-size", batchSize != nil, isAskedFor, "--trace or --sweep"),
      ("--deaths", deaths != nil, trace != nil, "--trace"),
    ]
    for (name, isGiven, hasUse, expected) in given where isGiven && !hasUse {
      throw ValidationError("\(name): expected it with \(expected)")
    }
    if let batchSize, batchSize < 1 {
      throw ValidationError("--batch-size \(batchSize): expected at least 1")
    }
  }
}

/// Half-lives: `0.5,2,never`.
private func halfLifeList(_ text: String) throws -> [Double] {
  let most = 12
  let values = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
    if word == "never" { return Double.infinity }
    guard let value = Double(word), value > 0, value.isFinite else {
      throw ValidationError("expected numbers above 0, or never, with commas between them")
    }
    return value
  }
  guard Set(values).count == values.count else {
    throw ValidationError("a half-life twice: expected each once")
  }
  guard values.count <= most else {
    throw ValidationError("\(values.count) half-lives: expected at most \(most)")
  }
  return values
}

/// A number of half-lives, infinite for never.
private func lifetime(_ text: String) throws -> Double {
  if text == "never" { return .infinity }
  guard let value = Double(text), value >= 0, value.isFinite else {
    throw ValidationError("expected a number of half-lives that is not negative, or never")
  }
  return value
}
