import Testing

/// Wrong command lines: status 64, one line, nothing written.
@Suite struct CommandLineTests {
  static let seeFit = "see 'kmeans fit --help'"
  static let commands =
    "fit, assign, stream, onepass, sketch, evaluate, describe, elbow, report, convert, info, resplit, generate"
  static let seeAssign = "see 'kmeans assign --help'"

  @Test(
    arguments: [
      Wrong("fit", "Missing expected argument '<input> ...'; \(seeFit)"),
      Wrong("fit -k 2", "Missing expected argument '<input> ...'; \(seeFit)"),
      Wrong("fit a.csv", "Missing expected argument '--clusters <K>'; \(seeFit)"),
      Wrong("fit a.csv -k", "Missing value for '-k'; \(seeFit)"),
      Wrong("fit a.csv -k 0", "-k 0: expected at least 1"),
      Wrong("fit a.csv -k -1", "-k -1: expected at least 1"),
      Wrong("fit a.csv -k 3000000000", "-k 3000000000: expected at most 2147483647"),
      Wrong(
        "fit a.csv -k abc",
        "The value 'abc' is invalid for '-k <K>': expected a whole number; \(seeFit)"),
      Wrong(
        "fit a.csv -k 1.5",
        "The value '1.5' is invalid for '-k <K>': expected a whole number; \(seeFit)"),
      Wrong(
        "fit a.csv -k 99999999999999999999",
        "The value '99999999999999999999' is invalid for '-k <K>': expected a whole number of at "
          + "most 9223372036854775807; \(seeFit)"),
      Wrong("fit a.csv -k 2 --bogus", "Unknown option '--bogus'; \(seeFit)"),
      Wrong(
        "fit a.csv -k 2 --max-iteration 3",
        "Unknown option '--max-iteration'. Did you mean '--max-iterations'? S\(seeFit.dropFirst())"),
      Wrong("fit a.csv -k 2 --foo", "Unknown option '--foo'; \(seeFit)"),
      Wrong(
        "fit a.csv -k 2 --jsn",
        "Unknown option '--jsn'. Did you mean '--json'? S\(seeFit.dropFirst())"),
      Wrong(
        "fit a.csv -k 2 --columns -1",
        "a.csv: there is no column '-1' among 'x', 'y'"),
      Wrong(
        "fit a.csv -kx", "The value 'x' is invalid for '-k <K>': expected a whole number; \(seeFit)"
      ),
      Wrong(
        "fitt a.csv -k 2", "There is no command 'fitt'. Did you mean 'fit'? See 'kmeans --help'"),
      Wrong(
        "evalute a.csv",
        "There is no command 'evalute'. Did you mean 'evaluate'? See 'kmeans --help'"),
      Wrong("info a.csv b.csv", "Unexpected argument 'b.csv'; see 'kmeans info --help'"),
      Wrong(
        "cluster a.csv", "There is no command 'cluster'. Did you mean 'fit'? See 'kmeans --help'"),
      Wrong(
        "predict a.csv -k 2",
        "There is no command 'predict'. Did you mean 'assign'? See 'kmeans --help'"),
      Wrong(
        "Silhouette",
        "There is no command 'Silhouette'. Did you mean 'evaluate'? See 'kmeans --help'"),
      Wrong(
        "summary a.csv",
        "There is no command 'summary'. Did you mean 'info' or 'describe'? See 'kmeans --help'"),
      Wrong(
        "a.csv -k 2",
        "'a.csv' is no command, expected one before it: kmeans fit a.csv -k K. See 'kmeans --help'"),
      Wrong(
        "no/such.csv",
        "'no/such.csv' is no command, expected one before it: kmeans fit 'no/such.csv' -k K. See "
          + "'kmeans --help'"),
      Wrong(
        "frobnicate", "There is no command 'frobnicate'. Expected \(commands). See 'kmeans --help'"),
      Wrong("fit a.csv -k 2 --threads 0", "--threads 0: expected at least 1; \(seeFit)"),
      Wrong("fit a.csv -k 2 --threads -2", "--threads -2: expected at least 1; \(seeFit)"),
      Wrong(
        "fit a.csv -k 2 --tolerance -1",
        "--tolerance -1.0: expected a finite number that is not negative"),
      Wrong(
        "fit a.csv -k 2 --tolerance nan",
        "--tolerance nan: expected a finite number that is not negative"),
      Wrong(
        "fit a.csv -k 2 --tolerance inf",
        "--tolerance inf: expected a finite number that is not negative"),
      Wrong(
        "fit a.csv -k 2 --tolerance x",
        "The value 'x' is invalid for '--tolerance <T>': expected a number; \(seeFit)"),
      Wrong("fit a.csv -k 2 --runs 0", "--runs 0: expected at least 1"),
      Wrong("fit a.csv -k 2 --max-iterations 0", "--max-iterations 0: expected at least 1"),
      Wrong(
        "fit a.csv -k 2 --seed -1",
        "The value '-1' is invalid for '--seed <N>': expected a whole number from 0 to "
          + "18446744073709551615; \(seeFit)"),
      Wrong(
        "fit a.csv -k 2 --init zz",
        "--init zz: expected k-means++, greedy, random, optimal, a file of centroids or a model"),
      Wrong("fit a.csv -k 2 --dimension 0", "--dimension 0: expected at least 1; \(seeFit)"),
      Wrong(
        "fit a.f32 -k 2",
        "a.f32: raw-f32 does not say how many values a row has, expected --dimension D"),
      Wrong(
        "fit a.csv -k 2 --format raw-f32",
        "a.csv: raw-f32 does not say how many values a row has, expected --dimension D"),
      Wrong(
        "assign a.csv",
        "expected one of --model M and --centroids FILE, found neither; \(seeAssign)"),
      Wrong(
        "assign a.csv --model m --centroids c.npy",
        "expected one of --model M and --centroids FILE, found both; \(seeAssign)"),
      Wrong(
        "assign - --centroids -",
        "the points and the centroids cannot both be the standard input; \(seeAssign)"),
    ])
  func `a value or an option that cannot be`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write([0, 0, 0, 0], to: "a.f32")
    try place.expectFailure(64, wrong.line, wrong.command)
  }

  @Test func `a model in the place of a command`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.csv", "-k", "2", "--model", "m", "--quiet")
    try place.expectFailure(
      64, "'m' is no command, expected one before it: kmeans info m. See 'kmeans --help'", "m")
  }

  @Test(
    arguments: [
      ("--strategy", "<strategy>"), ("--format", "<format>"), ("--precision", "<precision>"),
    ])
  func `a word that is none of a few`(_ option: String, _ name: String) throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans("fit", "a.csv", "-k", "2", option, "zz")
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.hasPrefix(
        "kmeans: The value 'zz' is invalid for '\(option) \(name)'. Please provide one of "))
    #expect(outcome.errors.hasSuffix("ee 'kmeans fit --help'\n"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func `an instruction set that does not exist`() throws {
    try Workplace.withSample().expectFailure(
      64,
      "the environment variable KMEANS_ISA: there is no instruction set 'zz', expected baseline, v3, v4, v4vnni",
      ["fit", "a.csv", "-k", "2", "--labels", "l.csv"], environment: ["KMEANS_ISA": "zz"])
  }

  @Test(arguments: [
    ["fit", "a.csv", "-k", "2", "--labels", "l.csv"],
    ["assign", "a.csv", "--centroids", "a.csv", "--labels", "l.csv"],
    ["stream", "a.csv", "-k", "2", "--centroids", "l.csv"],
    ["onepass", "a.csv", "-k", "2", "--labels", "l.csv"],
  ])
  func `a strategy that the kernels do not have`(arguments: [String]) throws {
    try Workplace.withSample().expectFailure(
      64,
      "--strategy filtered: baseline lacks products of bytes, which the strategy filtered needs, expected v4vnni or "
        + "another strategy",
      arguments + ["--strategy", "filtered"], environment: ["KMEANS_ISA": "baseline"])
  }

  @Test func `an empty name`() throws {
    try Workplace.withSample().expectFailure(
      64, "the input is an empty name: expected a file, or - for standard input; \(Self.seeFit)",
      ["fit", "", "-k", "2"])
  }

  @Test func `a name that would break the line`() throws {
    try Workplace().expectFailure(
      74, "no\\nsuch\\u{1b}[31m: cannot open: No such file or directory",
      ["fit", "no\nsuch\u{1b}[31m", "-k", "2"])
    try Workplace.withSample().expectFailure(
      64, "--labels 'no\\nsuch': expected a name that ends in .npy or .csv",
      ["fit", "a.csv", "-k", "2", "--labels", "no\nsuch"])
  }

  @Test(arguments: [
    ["fit", "a.csv", "-k2", "--labels", "-"], ["fit", "a.csv", "-k=2", "--labels", "-"],
    ["fit", "a.csv", "--clusters=2", "--labels", "-"],
  ])
  func `the number of clusters behind its letter`(_ arguments: [String]) throws {
    let outcome = try Workplace.withSample().run(Program.kmeans, arguments)
    #expect(outcome.status == 0 && outcome.text.split(separator: "\n").count == 4)
  }

  @Test func `the number of clusters behind its letter, beside Mahout's names`() throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans("onepass", "a.csv", "-k2", "-km", "3", "--json")
    #expect(outcome.status == 0 && outcome.text.contains("\"clusters\":2,"), "\(outcome.errors)")
  }
}
