import Testing

/// An option of Mahout's `streamingkmeans`, beside options that it needs to act.
struct MahoutOption: Sendable, CustomTestStringConvertible {
  let short: String
  let long: String
  let value: String
  let beside: String

  init(_ short: String, _ long: String, _ value: String = "", beside: String = "") {
    (self.short, self.long, self.value, self.beside) = (short, long, value, beside)
  }

  var testDescription: String { "\(short) \(value)" }
}

/// Every option of Mahout's page acts, by its short and its long name.
@Suite struct EveryMahoutOptionTests {
  /// 2,000 rows of noise, in which everything depends on everything.
  static func withNoise() -> Workplace {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(10_000, seed: 5), columns: 5), to: "n.npy")
    return place
  }

  /// What a command line of Mahout's comes to: centroids and weights.
  static func result(_ options: String, _ place: Workplace) throws -> String {
    try place.onePass(
      "-i n.npy -o out -ow --compat mahout --quiet --centroids c.csv --cluster-weights w.csv "
        + options)
    return try place.text("c.csv") + place.text("w.csv")
  }

  @Test(
    arguments: [
      MahoutOption("-k", "--numClusters", "6", beside: "-km 60"),
      MahoutOption("-km", "--estimatedNumMapClusters", "200", beside: "-k 5"),
      MahoutOption("-e", "--estimatedDistanceCutoff", "0.9", beside: "-k 5 -km 60"),
      MahoutOption("-mi", "--maxNumIterations", "1", beside: "-k 5 -km 60"),
      MahoutOption("-tf", "--trimFraction", "0.2", beside: "-k 5 -km 60"),
      MahoutOption("-ri", "--randomInit", beside: "-k 5 -km 60"),
      MahoutOption("-iw", "--ignoreWeights", beside: "-k 5 -km 60 -tf 0.3"),
      MahoutOption("-testp", "--testProbability", "0.5", beside: "-k 5 -km 60"),
      MahoutOption("-nbkm", "--numBallKMeansRuns", "9", beside: "-k 5 -km 60"),
      MahoutOption("-dm", "--distanceMeasure", "CosineDistanceMeasure", beside: "-k 5 -km 60"),
      MahoutOption("-sc", "--searcherClass", "ProjectionSearch", beside: "-k 5 -km 60"),
      MahoutOption(
        "-np", "--numProjections", "9", beside: "-k 5 -km 60 -sc FastProjectionSearch"),
      MahoutOption("-s", "--searchSize", "9", beside: "-k 5 -km 60 -sc ProjectionSearch"),
      MahoutOption("-xm", "--method", "mapreduce", beside: "-k 5 -km 60"),
      MahoutOption(
        "-rskm", "--reduceStreamingKMeans", beside: "-k 5 -km 60 -xm mapreduce"),
    ])
  func `acts`(_ option: MahoutOption) throws {
    let place = Self.withNoise()
    // Without the number of clusters, or a size of the sketch, there is no run to compare with.
    let isNeeded = ["-k", "-km"].contains(option.short)
    let without = try Self.result(isNeeded ? "-k 5 -km 60" : option.beside, place)
    let short = try Self.result("\(option.beside) \(option.short) \(option.value)", place)
    let long = try Self.result("\(option.beside) \(option.long) \(option.value)", place)
    #expect(short == long)
    #expect(short != without)
  }
}
