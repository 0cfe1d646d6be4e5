import Testing

/// Wrong command lines of `kmeans stream`: status 64, one line, nothing written, nothing read.
@Suite struct StreamCommandLineTests {
  static let see = "see 'kmeans stream --help'"
  static let double = "Spark computes in double, expected no other --precision"

  @Test(
    arguments: [
      Wrong("", "Missing expected argument '<input> ...'; \(see)"),
      Wrong("a.csv", "Missing expected argument '--clusters <K>'; \(see)"),
      Wrong("a.csv -k 0", "-k 0: expected at least 1"),
      Wrong("a.csv -k 3000000000", "-k 3000000000: expected at most 2147483647"),
      Wrong(
        "a.csv -k 2 --decay-factor 0.5 --half-life 2",
        "--decay-factor and --half-life say the same thing: expected one of them; \(see)"),
      Wrong(
        "a.csv -k 2 --decay-factor 1 --forgetfulness 0",
        "--decay-factor and --forgetfulness say the same thing: expected one of them; \(see)"),
      Wrong(
        "a.csv -k 2 --decay-factor 1.5",
        "--decay-factor 1.5: expected a number from 0 to 1"),
      Wrong(
        "a.csv -k 2 --decay-factor nan",
        "--decay-factor nan: expected a number from 0 to 1"),
      Wrong(
        "a.csv -k 2 --decay-factor x",
        "The value 'x' is invalid for '--decay-factor <A>': expected a number; \(see)"),
      Wrong(
        "a.csv -k 2 --forgetfulness -0.1",
        "--forgetfulness -0.1: expected a number from 0 to 1"),
      Wrong("a.csv -k 2 --half-life 0", "--half-life 0.0: expected a number above 0"),
      Wrong("a.csv -k 2 --half-life -1", "--half-life -1.0: expected a number above 0"),
      Wrong(
        "a.csv -k 2 --time-unit seconds",
        "--time-unit seconds: expected the times, --time-column COLUMN"),
      Wrong(
        "a.csv -k 2 --max-time-jump 5",
        "--max-time-jump: expected time in seconds, by --time-column COLUMN"),
      Wrong(
        "a.csv -k 2 --time-column x --half-life 1 --max-time-jump 0",
        "--max-time-jump 0.0: expected a number above 0"),
      Wrong(
        "a.csv -k 2 --gain fixed",
        "--gain fixed: it is what is forgotten in a unit of time, and nothing is: expected --half-life, or "
          + "--decay-factor below 1"),
      Wrong(
        "a.csv -k 2 --deaths -1",
        "--deaths -1.0: expected a number of half-lives that is not negative"),
      Wrong(
        "a.csv -k 2 --deaths soon",
        "The value 'soon' is invalid for '--deaths <H|never|spark>': expected a number of "
          + "half-lives, never or spark; \(see)"),
      Wrong("a.csv -k 2 --deaths spark --precision float", "--deaths spark: \(double)"),
      Wrong(
        "a.csv -k 2 --init zz",
        "--init zz: expected k-means++, gaussian or a file of centroids or a model"),
      Wrong(
        "a.csv -k 2 --first-rows 1",
        "--first-rows 1: expected at least 2, one a cluster"),
      Wrong(
        "a.csv -k 2 --init gaussian --first-rows 10",
        "--first-rows: expected --init k-means++, which chooses among them"),
      Wrong(
        "a.csv -k 2 --init-weight 1",
        "--init-weight: expected --init gaussian or a file; rows that are chosen weigh what their "
          + "points do"),
      Wrong(
        "a.csv -k 2 --init start.npy --init-weight -1",
        "--init-weight -1.0: expected a finite number that is not negative"),
      Wrong(
        "a.csv -k 2 --init gaussian --init-weight inf",
        "the weight of initial centroid 0 is inf, expected a number from 0 to 1e150"),
      Wrong("a.csv -k 2 --dimension 0", "--dimension 0: expected at least 1; \(see)"),
      Wrong(
        "a.csv -k 2 --init gaussian --dimension 3",
        "--dimension 3: the points of a.csv have 2 columns"),
      Wrong(
        "a.csv -k 2 --standardize --init start.npy",
        "--standardize: columns are standardised by the first rows, expected no initial centroids"),
      Wrong("a.csv -k 2 --batch-size 0", "--batch-size 0: expected at least 1; \(see)"),
      Wrong("a.csv -k 2 --threads 0", "--threads 0: expected at least 1; \(see)"),
      Wrong("a.csv -k 2 --trace-every 2", "--trace-every: expected --trace OUT.jsonl; \(see)"),
      Wrong(
        "a.csv -k 2 --trace t --trace-every 0", "--trace-every 0: expected at least 1; \(see)"),
      Wrong("a.csv -k 2 --resume", "--resume: expected --checkpoint FILE; \(see)"),
      Wrong(
        "a.csv -k 2 --checkpoint-every 2",
        "--checkpoint-every: expected --checkpoint FILE; \(see)"),
      Wrong(
        "a.csv -k 2 --checkpoint s --checkpoint-every 0",
        "--checkpoint-every 0: expected at least 1; \(see)"),
    ])
  func `an option that cannot be`(_ wrong: Wrong) throws {
    try Workplace.withStream().expectFailure(64, wrong.line, "stream \(wrong.command)")
  }

  @Test(
    arguments: [
      Wrong("--precision float --init gaussian", "--compat spark: \(double)"),
      Wrong(
        "", "--compat spark: Spark finds no centroids by itself, expected --init gaussian or a file"
      ),
      Wrong(
        "--init gaussian --deaths 3",
        "--compat spark has Spark's dying rule: expected no --deaths; \(see)"),
      Wrong("--init gaussian --point-weights x", "--compat spark: Spark has no weights of points"),
      Wrong("--init gaussian --time-column x", "--compat spark: Spark has no times of points"),
      Wrong(
        "--init gaussian --distance cosine",
        "--compat spark: Spark has no other distance here than euclidean"),
      Wrong(
        "--init gaussian --gain fixed --half-life 1", "--compat spark: Spark has no fixed gain"),
    ])
  func `what Spark does not have`(_ wrong: Wrong) throws {
    try Workplace.withStream().expectFailure(
      64, wrong.line, "stream a.csv -k 2 --compat spark \(wrong.command)")
  }

  @Test(
    arguments: [
      Wrong("--init-weight -1", "nonnegative but got -1.0"),
      Wrong("--decay-factor -1", "Decay factor must be nonnegative but got -1.0"),
      Wrong("--half-life 0", "Half life must be positive but got 0.0"),
    ])
  func `what Spark itself refuses, in its words`(_ wrong: Wrong) throws {
    let place = Workplace.withStream()
    let words = wrong.command.split(separator: " ").map(String.init)
    let outcome = try place.run(
      Program.kmeans,
      ["stream", "a.csv", "-k", "2", "--compat", "spark", "--init", "gaussian"]
        + words)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(wrong.line))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(
    arguments: [
      Wrong("--trace a.csv", "--trace a.csv: expected another file than the input a.csv"),
      Wrong(
        "--predictions b.csv", "--predictions b.csv: expected another file than the input b.csv"),
      Wrong("--model b.csv", "--model b.csv: expected another file than the input b.csv"),
      Wrong(
        "--predictions p.txt", "--predictions 'p.txt': expected a name that ends in .npy or .csv"),
      Wrong(
        "--trace t.jsonl.gz",
        "--trace 't.jsonl.gz': expected a name without .gz, for lines that others can follow are not "
          + "compressed"),
      Wrong("--centroids c", "--centroids 'c': expected a name that ends in .npz, .npy or .csv"),
      Wrong("--centroids -", "--centroids -: expected a file"),
      Wrong(
        "--cluster-weights w", "--cluster-weights 'w': expected a name that ends in .npy or .csv"),
      Wrong(
        "--trace x.csv --predictions x.csv",
        "x.csv is named for two outputs, expected a file for each"),
      Wrong(
        "--trace - --predictions -", "--trace - and --predictions - both want the standard output"),
      Wrong("--predictions - --json", "--predictions - and --json both want the standard output"),
      Wrong("--trace - --json", "--trace - and --json both want the standard output"),
    ])
  func `an output that cannot be`(_ wrong: Wrong) throws {
    try Workplace.withStream().expectFailure(
      64, wrong.line, "stream a.csv b.csv -k 2 \(wrong.command)")
  }

  @Test(
    arguments: [
      Wrong("--trace no/t", "no/t: cannot write: there is no folder ", 74),
      Wrong("--predictions no/p.csv", "no/p.csv: cannot write: there is no folder ", 74),
    ])
  func `a folder that does not exist`(_ wrong: Wrong) throws {
    let place = Workplace.withStream()
    let outcome = try place.shell("exec \"$KMEANS\" stream a.csv -k 2 \(wrong.command)")
    #expect(outcome.status == 74)
    #expect(outcome.errors.hasPrefix("kmeans: \(wrong.line)"))
    #expect(outcome.text == "")
  }

  @Test func `a model says how rows are transformed`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv -k 2 --model m --quiet")
    try place.expectFailure(
      64, "--standardize: the model m says what is done to rows, expected no such option",
      "stream a.csv -k 2 --init m --standardize")
    try place.expectFailure(
      64, "--distance cosine: the model m is one of distance euclidean",
      "stream a.csv -k 2 --init m --distance cosine")
    try place.expectFailure(
      64, "--init-weight: the model m says what its centroids weigh",
      "stream a.csv -k 2 --init m --init-weight 1")
  }
}
