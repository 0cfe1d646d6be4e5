import Foundation
import Testing

/// Command lines as Mahout's users have them.
@Suite struct OnePassMahoutTests {
  @Test(
    arguments: [
      "-i a.csv -o out -ow -k 2 -km 60",
      "--input a.csv --output out --overwrite --numClusters 2 --estimatedNumMapClusters 60",
      "-i a.csv -o out -ow -k 2 -km 60 -e -1 -mi 10 -tf 0.9 -iw -testp 0 -nbkm 4 -xm sequential",
      "-i a.csv -o out -ow -k 2 -km 60 --estimatedDistanceCutoff 0.001 --maxNumIterations 5 "
        + "--trimFraction 0.5 --ignoreWeights --testProbability 0.0 --numBallKMeansRuns 3 "
        + "--method sequential",
      "-i a.csv -o out -ow -k 2 -km 60 -sc org.apache.mahout.math.neighborhood.BruteSearch "
        + "-dm org.apache.mahout.common.distance.SquaredEuclideanDistanceMeasure",
      "-i a.csv -o out -ow -k 2 -km 60 -sc BruteSearch -dm SquaredEuclideanDistanceMeasure",
    ])
  func `a command line of Mahout`(_ command: String) throws {
    let place = Workplace.withSample()
    let words = command.split(separator: " ").map(String.init)
    for _ in 0..<2 {
      let outcome = try place.run(Program.kmeans, ["streamingkmeans"] + words)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.text.hasPrefix("a.csv: 4 points of 2 columns, double, read in "))
    }
    try place.kmeans("convert", "out/centroids.npy", "c.csv", "--quiet")
    #expect(try Set(place.numbers("c.csv")) == [[1.25, 2], [10, 11.5]])
  }

  @Test func `a random start, short and long`() throws {
    let place = Workplace.withHeaps()
    for (option, start) in [
      ("-ri", "random"), ("--randomInit", "random"), ("--init random", "random"),
      ("--init ostrovsky", "ostrovsky"), ("--init k-means++", "k-means++"), ("", "greedy"),
    ] {
      let facts = try place.onePassFacts("p.npy -k 4 \(option)")
      #expect(facts.initialization == start)
      #expect(facts.compat == "none")
    }
  }

  /// 0 and 10 weigh a thousand points each, and 4 weighs one: it lies at 0.16 of the squared
  /// distance between the two, and at 0.4 of the distance.
  @Test(
    arguments: [(0.15, 0.0), (0.17, 4.0 / 1001), (0.39, 4.0 / 1001)]
  )
  func `the trim fraction is that of squared distances`(_ fraction: Double, _ low: Double) throws {
    let place = Workplace()
    place.write("x,w\n0,1000\n4,1\n10,1000\n", to: "w.csv")
    try place.onePass(
      "w.csv -k 2 -km 3 -e 1e-6 --point-weights w --compat mahout -testp 0 --init greedy "
        + "-tf \(fraction) --centroids c.csv --quiet")
    let found = try place.numbers("c.csv").map { $0[0] }.sorted()
    try #require(found.count == 2)
    #expect(abs(found[0] - low) < 1e-12)
    #expect(found[1] == 10)
  }

  /// What `--compat mahout` stands for.
  @Test func `Mahout's defaults`() throws {
    let place = Workplace.withHeaps()
    let facts = try place.onePassFacts(
      "p.npy -k 4 -km 60 --compat mahout --centroids c.csv --model m -ow")
    #expect(facts.runs == 4)
    #expect(facts.initialization == "k-means++")
    #expect(facts.compat == "mahout")
    try place.onePass(
      "p.npy -k 4 -km 60 --compat mahout --log-factor 20 -testp 0.1 -nbkm 4 --init k-means++ "
        + "--collapse once -mi 10 -tf 0.9 -e -1 --beta 1.3 --overshoot 2 --centroids d.csv --quiet")
    #expect(try place.text("c.csv") == place.text("d.csv"))
    // Options win over it.
    let own = try place.onePassFacts("p.npy -k 4 -km 60 --compat mahout -nbkm 2 -ri")
    #expect(own.runs == 2)
    #expect(own.initialization == "random")
  }

  /// 20 ln(3000) is 160 centroids, 4 ln(3000) is 32: the sketch grows beyond -km with the first
  /// alone.
  @Test func `the log factor of Mahout is 20, ours is k`() throws {
    let place = Workplace.withHeaps()
    let ours = try place.kmeans("onepass", "p.npy", "-k", "4", "-km", "20", "--json")
    let mahout = try place.kmeans(
      "onepass", "p.npy", "-k", "4", "-km", "20", "--compat", "mahout", "--json")
    func size(_ outcome: Outcome) throws -> Int {
      let found = try #require(outcome.text.firstMatch(of: #/"sketchSize":(\d+)/#))
      return try #require(Int(found.output.1))
    }
    #expect(try (20...32).contains(size(ours)))
    #expect(try (100...160).contains(size(mahout)))
  }

  @Test func `the help says that both names are one command`() throws {
    let place = Workplace()
    let tool = try place.kmeans("--help")
    #expect(tool.text.contains("onepass, streamingkmeans"))
    let help = try place.kmeans("streamingkmeans", "--help")
    #expect(help.status == 0)
    for option in [
      "-i, --input", "-o, --output", "-ow, --overwrite", "-k, --clusters, --numClusters",
      "-km, --estimatedNumMapClusters", "-e, --estimatedDistanceCutoff", "-mi, --maxNumIterations",
      "-tf, --trimFraction", "-ri, --randomInit", "-iw, --ignoreWeights",
      "-testp, --testProbability", "-nbkm, --numBallKMeansRuns", "-xm, --method",
      "-cl, --clustering",
      "-sc, --searcherClass", "-np, --numProjections", "-s, --searchSize",
      "--compat", "--collapse", "--seed",
    ] {
      #expect(help.text.contains(option), "\(option)")
    }
  }
}
