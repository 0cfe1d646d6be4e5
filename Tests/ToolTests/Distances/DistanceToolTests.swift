import Foundation
import Testing

/// `--distance` and the files beside it.
@Suite struct DistanceToolTests {
  /// Two columns of which the second is thrice as wide; and the files of distances.
  private static func place() -> Workplace {
    let place = Workplace()
    place.write("x,y\n0,0\n1,30\n0,31\n10,1\n11,29\n10,30\n", to: "p.csv")
    place.write("900,1\n", to: "w.csv")
    place.write("900\n1\n", to: "column.csv")
    place.write(npyFile([0.01, 0.0, 0.0, 900], columns: 2), to: "s.npy")
    place.write("5,5\n", to: "mean.csv")
    place.write("x,y\n0,15\n10.5,15\n", to: "c.csv")
    return place
  }

  private static func labels(_ text: String) -> [Substring] { text.split(separator: "\n") }

  @Test(
    arguments: [
      "--distance weighted-euclidean --distance-weights w.csv",
      "--distance weighted-euclidean --distance-weights column.csv",
      "--distance mahalanobis --covariance s.npy",
      "--distance=mahalanobis --covariance=s.npy --mean mean.csv",
    ])
  func `the first column decides where it weighs more`(_ options: String) throws {
    let place = Self.place()
    let words = options.split(separator: " ").map(String.init)
    let plain = try place.kmeans("fit", "p.csv", "-k", "2", "--labels", "-", "--quiet")
    let fit = try place.run(
      Program.kmeans,
      ["fit", "p.csv", "-k", "2", "--labels", "l.csv", "--model", "m", "--verify"] + words)
    #expect(fit.status == 0, "\(fit.errors)")
    let labels = Self.labels(try place.text("l.csv", under: "cluster"))
    #expect(labels[0] == labels[1] && labels[1] == labels[2] && labels[3] == labels[5])
    #expect(labels[0] != labels[3])
    #expect(Self.labels(plain.text)[0] != Self.labels(plain.text)[1])
    // The model remembers, and so does what is made of it.
    let assigned = try place.kmeans("assign", "p.csv", "--model", "m")
    #expect(Self.labels(assigned.text) == labels)
    let given = try place.run(
      Program.kmeans, ["assign", "p.csv", "--centroids", "c.csv"] + words)
    #expect(Self.labels(given.text) == ["0", "0", "0", "1", "1", "1"])
    let quality = try place.run(
      Program.kmeans, ["evaluate", "p.csv", "--centroids", "c.csv", "--json"] + words)
    #expect(quality.status == 0, "\(quality.errors)")
    let info = try place.kmeans("info", "m").text
    #expect(info.contains("weighted-euclidean") || info.contains("mahalanobis"))
    #expect(info.contains("distanceWeights") || info.contains("covarianceDeviations"))
  }

  @Test func `a description is in the units of the points`() throws {
    let place = Self.place()
    for options in ["mahalanobis", "mahalanobis --standardize"] {
      let fit = try place.run(
        Program.kmeans,
        ["fit", "p.csv", "-k", "2", "--model", "m", "--distance"]
          + options.split(separator: " ").map(String.init))
      #expect(fit.status == 0, "\(fit.errors)")
      let outcome = try place.kmeans("describe", "m", "p.csv", "--json")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let means = try #require(report["means"] as? [Double])
      #expect(abs(means[0] - 16.0 / 3) < 1e-9 && abs(means[1] - 121.0 / 6) < 1e-9)
    }
  }

  @Test func `every command that computes takes a distance`() throws {
    let place = Self.place()
    var random = TestRandom(4)
    let rows = (0..<3000).map { row -> String in
      let (along, across) = (random.bell() * 40, Double(row % 2) * 12 + random.bell() * 0.2)
      return "\(along + across),\(along - across)\n"
    }
    place.write("x,y\n" + rows.joined(), to: "q.csv")
    for command in [
      "fit q.csv -k 2 --labels l.csv", "stream q.csv -k 2 --first-rows 400 --predictions s.csv",
      "onepass q.csv -k 2 --labels l.csv", "elbow q.csv --clusters 2-5 --runs 2",
    ] {
      let words = command.split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words + ["--distance", "mahalanobis", "--json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      if words[0] != "elbow" {
        #expect(outcome.text.contains(#""distance":"mahalanobis""#))
      }
    }
    let stream = try place.kmeans(
      "stream", "q.csv", "-k", "2", "--distance", "mahalanobis", "--first-rows", "400", "--model",
      "m", "--quiet")
    #expect(stream.status == 0, "\(stream.errors)")
    let assigned = try place.kmeans("assign", "q.csv", "--model", "m")
    let labels = Self.labels(assigned.text)
    // Each of the two stripes is one cluster.
    for stripe in 0..<2 {
      let own = labels.indices.filter { $0 % 2 == stripe }.map { labels[$0] }
      let most = Set(own).map { label in own.count { $0 == label } }.max() ?? 0
      #expect(most > own.count * 95 / 100)
    }
    #expect(
      try place.kmeans("stream", "q.csv", "--init", "m", "--distance", "mahalanobis", "--quiet")
        .status == 0)
    try place.expectFailure(
      64, "--distance cosine: the model m is one of distance mahalanobis",
      "stream q.csv --init m --distance cosine")
  }

  @Test(
    arguments: [
      Wrong(
        "fit p.csv -k 2 --distance manhattan",
        "--distance manhattan: clusters move to the means of their points, and the mean is not the "
          + "center that minimises such distances; expected euclidean, cosine, weighted-euclidean or "
          + "mahalanobis, or 'kmeans onepass --distance manhattan'", 64),
      Wrong(
        "fit p.csv -k 2 --distance weighted-euclidean",
        "--distance weighted-euclidean: expected the weight of each column, --distance-weights FILE",
        64),
      Wrong(
        "elbow p.csv --clusters 2-3 --distance cosine --distance-weights w.csv",
        "--distance-weights: the distance is cosine, which has none: expected --distance "
          + "weighted-euclidean or weighted-manhattan", 64),
      Wrong(
        "stream p.csv -k 2 --minkowski-p 4",
        "--minkowski-p: the distance is euclidean, which has none: expected --distance minkowski",
        64
      ),
      Wrong(
        "fit p.csv -k 2 --distance mahalanobis --mean mean.csv",
        "--mean: expected --covariance FILE, which it stands beside", 64),
      Wrong(
        "fit p.csv -k 2 --distance weighted-euclidean --distance-weights three.csv",
        "p.csv: 3 weights of the distance for 2 columns, expected one each"),
      Wrong(
        "fit p.csv -k 2 --distance weighted-euclidean --distance-weights zero.csv",
        "zero.csv: the weight of column 2 is 0, expected a finite number above 0: leave the column "
          + "out instead"),
      Wrong(
        "fit p.csv -k 2 --distance weighted-euclidean --distance-weights s.npy",
        "s.npy: 2 x 2 numbers for --distance-weights, expected one row or one column of them"),
      Wrong(
        "fit p.csv -k 2 --distance mahalanobis --covariance w.csv",
        "w.csv: 1 x 2 numbers for --covariance, expected as many rows as columns"),
      Wrong(
        "fit p.csv -k 2 --distance mahalanobis --covariance skew.csv",
        "skew.csv: the covariance is not symmetric: 3.0 in row 2, column 1, and 2.0 in row 1, "
          + "column 2 (rows and columns count from 1)"),
      Wrong(
        "fit p.csv -k 2 --distance mahalanobis --covariance indefinite.csv",
        "indefinite.csv: the covariance is not positive definite: the leading minor of order 2 "
          + "(column 2) is not positive, so that column is constant, or follows from those before it "
          + "(a copy, a sum): expected a covariance of columns that vary apart"),
      Wrong(
        "fit copies.csv -k 2 --distance mahalanobis",
        "copies.csv: the covariance of the rows is not positive definite: the leading minor of order 3 "
          + "(column 3 (c)) is not positive, so that column is constant, or follows from those before it "
          + "(a copy, a sum), or there are too few rows for so many columns: leave it out, or take "
          + "more rows"),
      Wrong(
        "assign p.csv --centroids c.csv --distance mahalanobis",
        "--distance mahalanobis: c.csv says nothing of how columns vary together: expected "
          + "--covariance FILE, or a model", 64),
      Wrong(
        "evaluate p.csv --labels l.csv --distance cosine",
        "--distance: expected centroids to compare with, --centroids FILE", 64),
      Wrong("onepass p.csv -k 2 --power 3", "--power 3: expected 1 or 2", 64),
    ])
  func `what does not go together`(_ wrong: Wrong) throws {
    let place = Self.place()
    place.write("1,2,3\n", to: "three.csv")
    place.write("1,0\n", to: "zero.csv")
    place.write("4,2\n3,4\n", to: "skew.csv")
    place.write("1,2\n2,1\n", to: "indefinite.csv")
    place.write("a,b,c\n1,5,1\n2,3,2\n4,4,4\n9,1,9\n", to: "copies.csv")
    place.write("0\n0\n0\n1\n1\n1\n", to: "l.csv")
    try wrong.check(in: place)
  }

  @Test func `Mahout's measures by their names`() throws {
    let place = Self.place()
    func report(_ options: String) throws -> [String: Any] {
      let outcome = try place.run(
        Program.kmeans,
        ["onepass", "p.csv", "-k", "2", "--json"] + options.split(separator: " ").map(String.init))
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    }
    let squared = try report("-dm SquaredEuclideanDistanceMeasure")
    #expect(squared["power"] == nil && squared["distance"] as? String == "euclidean")
    let plain = try report(
      "--distanceMeasure org.apache.mahout.common.distance.EuclideanDistanceMeasure")
    #expect(plain["power"] as? Int == 1 && plain["distance"] as? String == "euclidean")
    let same = try report("--power 1")
    #expect(same["distanceCutoff"] as? Double == plain["distanceCutoff"] as? Double)
    #expect(same["distanceCutoff"] as? Double != squared["distanceCutoff"] as? Double)
    let weighted = try report("-dm WeightedEuclideanDistanceMeasure --distance-weights w.csv")
    #expect(weighted["power"] as? Int == 1)
    #expect(weighted["distance"] as? String == "weighted-euclidean")
    #expect(try report("--distance weighted-euclidean --distance-weights w.csv")["power"] == nil)
    let mahalanobis = try report("-dm MahalanobisDistanceMeasure --covariance s.npy")
    #expect(mahalanobis["distance"] as? String == "mahalanobis")
    #expect(try report("-dm CosineDistanceMeasure --on-invalid skip")["power"] == nil)
  }
}
