import Foundation
import Testing

/// Wrong command lines of `kmeans onepass`: status 64, one line, nothing written, nothing read.
@Suite struct OnePassCommandLineTests {
  static let see = "see 'kmeans onepass --help'"

  @Test(
    arguments: [
      Wrong("-k 2", "there is no input: expected a file, or - for standard input; \(see)"),
      Wrong(
        "a.csv -i a.npy -k 2", "two inputs, 'a.csv' and -i 'a.npy': expected one of them; \(see)"),
      Wrong("a.csv", "Missing expected argument '--clusters <K>'; \(see)"),
      Wrong("a.csv -k 0", "-k 0: expected at least 1"),
      Wrong("a.csv -k 3000000000", "-k 3000000000: expected at most 2147483647"),
      Wrong(
        "a.csv -k x",
        "The value 'x' is invalid for '-k <K>': expected a whole number; \(see)"),
      Wrong(
        "a.csv -k 3 -km 3", "-km 3: expected more centroids of the sketch than the 3 clusters"),
      Wrong(
        "a.csv -k 3 --estimatedNumMapClusters 1",
        "-km 1: expected more centroids of the sketch than the 3 clusters"),
      Wrong("a.csv -k 2 -e 0", "-e 0.0: expected a finite number above 0"),
      Wrong("a.csv -k 2 -e -0.5", "-e -0.5: expected a finite number above 0"),
      Wrong("a.csv -k 2 -e nan", "-e nan: expected a finite number above 0"),
      Wrong("a.csv -k 2 -e inf", "-e inf: expected a finite number above 0"),
      Wrong("a.csv -k 2 -mi 0", "-mi 0: expected at least 1"),
      Wrong("a.csv -k 2 -tf 0", "-tf 0.0: expected a finite number above 0"),
      Wrong("a.csv -k 2 -tf -1", "-tf -1.0: expected a finite number above 0"),
      Wrong("a.csv -k 2 -tf nan", "-tf nan: expected a finite number above 0"),
      Wrong(
        "a.csv -k 2 -testp 1",
        "-testp 1.0: expected a number of at least 0 and below 1"),
      Wrong(
        "a.csv -k 2 --testProbability -0.1",
        "-testp -0.1: expected a number of at least 0 and below 1"),
      Wrong(
        "a.csv -k 2 -testp nan",
        "-testp nan: expected a number of at least 0 and below 1"),
      Wrong("a.csv -k 2 -nbkm 0", "-nbkm 0: expected at least 1"),
      Wrong(
        "a.csv -k 2 --beta 1",
        "--beta 1.0: expected a finite number above 1: the cutoff is "
          + "to grow by it"),
      Wrong(
        "a.csv -k 2 --log-factor -1",
        "--log-factor -1.0: expected a finite number that is not negative"),
      Wrong(
        "a.csv -k 2 --overshoot 0.5",
        "--overshoot 0.5: expected a finite number of at least 1"),
      Wrong(
        "a.csv -k 2 --init best",
        "The value 'best' is invalid for '--init <init>'. Please provide one of 'greedy', "
          + "'k-means++', 'ostrovsky' or 'random'. See 'kmeans onepass --help'"),
      Wrong(
        "a.csv -k 2 -ri --init greedy",
        "-ri starts randomly: expected no --init greedy; \(see)"),
      Wrong("a.csv -k 2 --threads 0", "--threads 0: expected at least 1; \(see)"),
      Wrong(
        "a.csv -k 2 --compat mahout",
        "--compat mahout: Mahout's -km is 1 unless it is given, expected more than the 2 clusters"),
    ])
  func `an option that cannot be`(_ wrong: Wrong) throws {
    try Workplace.withSample().expectFailure(64, wrong.line, "onepass \(wrong.command)")
  }

  @Test(
    arguments: [
      Wrong("--method Sequential", "-xm Sequential: expected sequential or mapreduce"),
      Wrong(
        "--distanceMeasure EuclidDistanceMeasure",
        "-dm EuclidDistanceMeasure: expected SquaredEuclideanDistanceMeasure, "
          + "EuclideanDistanceMeasure, CosineDistanceMeasure, ManhattanDistanceMeasure, "
          + "ChebyshevDistanceMeasure, MinkowskiDistanceMeasure, TanimotoDistanceMeasure, "
          + "WeightedEuclideanDistanceMeasure, WeightedManhattanDistanceMeasure or "
          + "MahalanobisDistanceMeasure"),
      Wrong(
        "-dm org.apache.mahout.common.distance.WeightedEuclideanDistanceMeasure",
        "--distance weighted-euclidean: expected the weight of each column, --distance-weights FILE"
      ),
      Wrong(
        "-dm CosineDistanceMeasure --distance euclidean",
        "-dm CosineDistanceMeasure and --distance euclidean are different distances, expected one of "
          + "them"),
      Wrong(
        "-sc NoSearch",
        "-sc NoSearch: expected BruteSearch (brute), ProjectionSearch (projection), "
          + "FastProjectionSearch (fast-projection) or LocalitySensitiveHashSearch (lsh)"),
      Wrong("-rskm", "-rskm divides a run of -xm mapreduce, expected that, too"),
    ])
  func `what of Mahout is not there`(_ wrong: Wrong) throws {
    try Workplace.withSample().expectFailure(
      64, wrong.line, "streamingkmeans -i a.csv -k 2 -km 3 \(wrong.command)")
  }

  @Test(
    arguments: [
      Wrong("kmeans --input a.csv -k 10 -x 20", "kmeans: expected 'kmeans fit a.csv -k 10'"),
      Wrong("kmeans a.csv -i", "kmeans: expected 'kmeans fit a.csv -k K'"),
      Wrong(
        "vectordump -i vectors",
        "vectordump: SequenceFiles are not read here: 'mahout vectordump -i vectors -o FILE.csv -c "
          + "true' writes them as text, which 'kmeans onepass FILE.csv -k K' reads"),
      Wrong(
        "seqdumper",
        "seqdumper: SequenceFiles are not read here: 'mahout vectordump -i INPUT -o FILE.csv -c "
          + "true' writes them as text, which 'kmeans onepass FILE.csv -k K' reads"),
    ])
  func `a command of Mahout says where the thing is`(_ wrong: Wrong) throws {
    try Workplace.withSample().expectFailure(64, wrong.line, wrong.command)
    let name = wrong.command.split(separator: " ")[0]
    #expect(!(try Workplace().kmeans("--help").text.contains("\n  \(name)")))
  }

  @Test(
    arguments: [
      Wrong("--centroids a.csv", "--centroids a.csv: expected another file than the input a.csv"),
      Wrong("--model a.csv -ow", "--model a.csv: expected another file than the input a.csv"),
      Wrong("--labels l.txt", "--labels 'l.txt': expected a name that ends in .npy or .csv"),
      Wrong(
        "--cluster-weights w", "--cluster-weights 'w': expected a name that ends in .npy or .csv"),
      Wrong("--centroids -", "--centroids -: expected a file"),
      Wrong("-o -", "-o '-': expected the name of a folder"),
      Wrong(
        "-o . -cl --labels labels.npy",
        "./labels.npy is named for two outputs, expected a "
          + "file for each"),
      Wrong(
        "-o out --model out/weights.npy",
        "out/weights.npy is named for two outputs, expected "
          + "a file for each"),
      Wrong("--labels - --json", "--json and --labels - both want the standard output"),
      Wrong(
        "-cl", "-cl: expected -o DIR to write labels.npy into, or --labels OUT instead; \(see)"),
    ])
  func `an output that cannot be`(_ wrong: Wrong) throws {
    try Workplace.withSample().expectFailure(64, wrong.line, "onepass a.csv -k 2 \(wrong.command)")
  }

  @Test(
    arguments: [
      Wrong("-o a.npy", "a.npy: cannot write: Not a directory"),
      Wrong("-o a.npy/out", "a.npy/out: cannot write: Not a directory"),
      Wrong("--labels sub --model sub", "'sub': expected a name that ends in .npy or .csv", 64),
      Wrong("--model sub", "sub: cannot write: Is a directory"),
      Wrong("-o sub -ow", "sub/centroids.npy: cannot write: Is a directory"),
    ])
  func `a file where a folder is wanted, and the other way round`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.makeFolder("sub/centroids.npy")
    let isUsage = wrong.status == 64
    try place.expectFailure(
      isUsage ? 64 : 74, isUsage ? "--labels \(wrong.line)" : wrong.line,
      "onepass a.csv -k 2 \(wrong.command)")
  }

  @Test func `a folder that does not exist is made for -o alone`() throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans("onepass", "a.csv", "-k", "2", "-o", "out", "--model", "no/m")
    #expect(outcome.status == 74)
    #expect(outcome.errors.hasPrefix("kmeans: no/m: cannot write: there is no folder "))
    #expect(!place.names.contains("out"))
  }

  @Test(arguments: ["--labels l.npy", "-o out -cl"]) func `labels of a pipe`(_ option: String)
    throws
  {
    let problem =
      "labels take reading twice, and the standard input is no file: expected a file as input, or "
      + "--model and 'kmeans assign' afterwards"
    let words = option.split(separator: " ").map(String.init)
    let name = words.last!.hasPrefix("-") ? "-cl" : "--labels"
    try Workplace().expectFailure(
      64, "\(name): \(problem)", ["onepass", "-", "-k", "2"] + words,
      input: Array(Sample.csv.utf8))
    let place = Workplace()
    let outcome = try place.shell("mkfifo in.csv; \"$KMEANS\" onepass in.csv -k 2 \(option)")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("\(name): labels take reading twice, and in.csv is no file"))
  }
}
