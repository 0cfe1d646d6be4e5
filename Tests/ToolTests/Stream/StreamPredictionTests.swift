import Testing

/// `--predictions`: what is said of each row before it is learnt.
@Suite struct StreamPredictionTests {
  static let header = "label,cluster,squared_distance,margin,outlier_score,tail_probability\n"

  @Test func `the centroids are those before the batch`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv b.csv -k 2 --init start.npy --predictions p.csv --quiet")
    let lines = try place.text("p.csv").split(separator: "\n").map(String.init)
    #expect(lines[0] + "\n" == Self.header)
    // (1.5, 2) from (1, 2), not from the mean (1.25, 2); clusters without points know no scale.
    #expect(lines[1] == "0,0,0.0,12.727922061357855,,")
    #expect(lines[2].hasPrefix("0,0,0.25,"))
    #expect(lines[3] == "1,1,0.0,12.727922061357855,,")
    #expect(lines[4].hasPrefix("1,1,1.0,"))
    // (2, 2) from (1.25, 2), whose two points lie 0.25 from it: three times as far.
    let fields = lines[5].split(separator: ",", omittingEmptySubsequences: false)
    #expect(fields[0...2] == ["0", "0", "0.5625"])
    #expect(fields[4] == "3.0")
    #expect(Double(fields[5])! < 0.01)
    #expect(lines.count == 6)
  }

  @Test func `keys come first, quoted where they must be`() throws {
    let place = Workplace.withStream()
    place.write(
      "name,x,y\nplain,1,2\n\"a,b\",1.5,2\n\"say \"\"hi\"\"\",10,11\n,10,12\n", to: "k.csv")
    let outcome = try place.stream(
      "k.csv -k 2 --init start.npy --key-column name --predictions - --quiet")
    let lines = outcome.text.split(separator: "\n").map(String.init)
    #expect(lines[0] + "\n" == "key," + Self.header)
    #expect(lines[1].hasPrefix("plain,0,0,0.0,"))
    #expect(lines[2].hasPrefix("\"a,b\",0,0,0.25,"))
    #expect(lines[3].hasPrefix("\"say \"\"hi\"\"\",1,1,0.0,"))
    #expect(lines[4].hasPrefix(",1,1,1.0,"))
    #expect(outcome.errors == "")
  }

  @Test func `labels of labelled points are keys where they are asked for`() throws {
    let place = Workplace.withStream()
    place.write("(1.0,[1.0,2.0])\n(3.5,(2,[0,1],[10,11]))\n7,10 12\n", to: "lp.txt")
    let command = "lp.txt --format spark -k 2 --init start.npy --predictions - --quiet"
    let lines = try place.stream("\(command) --key-column label").text.split(separator: "\n")
    #expect(lines.map { $0.prefix(6) } == ["key,la", "1,0,0,", "3.5,1,", "7,1,1,"])
    place.write("(1.0,[1.0,2.0])\n(2,[0,1],[10,11])\n", to: "lp.txt")
    let words = "stream \(command) --key-column label".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "line 2: a vector without a label, expected (label,vector) (--on-invalid skip leaves such rows "
          + "out)\n"))
    place.write("[1.0,2.0]\n", to: "lp.txt")
    #expect(
      try place.run(Program.kmeans, words).errors.contains("line 1: a vector without a label"))
  }

  @Test func `rows that are left out have a line`() throws {
    let place = Workplace.withStream()
    place.write("1,2\nnan,2\n10,11\n", to: "s.csv")
    place.write("nan,1\n1,2\nnan,3\n", to: "t.csv")
    let outcome = try place.stream(
      "s.csv t.csv -k 2 --init start.npy --on-invalid skip --predictions p.csv")
    let lines = try place.text("p.csv").split(separator: "\n").map(String.init)
    #expect(lines.map { $0.prefix(2) } == ["la", "0,", "-1", "1,", "-1", "0,", "-1"])
    #expect(lines[2] == "-1,,,,,")
    #expect(outcome.text.contains("batch 1: 2 points, inertia 0 -> 0, moved 0, 1 row left out\n"))
    #expect(outcome.text.contains("batch 2: 1 point, inertia 0 -> 0, moved 0, 2 rows left out\n"))
    #expect(outcome.errors.contains("s.csv: 1 row is left out"))
  }

  @Test func `rows left out of a pipe have a line with their key`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream(
      "- -k 2 --init start.npy --on-invalid skip --key-column 1 --batch-size 2 --predictions - --quiet",
      input: "a,1,2\nb,nan,2\nc,10,11\nd,nan,11\ne,1,nan\n")
    let lines = outcome.text.split(separator: "\n").dropFirst().map { String($0.prefix(5)) }
    #expect(lines == ["a,0,0", "b,-1,", "c,1,1", "d,-1,", "e,-1,"])
  }

  @Test func `rows before there are centroids have none`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv a.csv b.csv -k 2 --first-rows 8 --predictions p.csv --quiet")
    let lines = try place.text("p.csv").split(separator: "\n").dropFirst()
    #expect(lines.dropLast().allSatisfy { $0 == "-1,,,,," })
    #expect(lines.count == 9)
    #expect(lines.last!.hasPrefix("0,0,0.5625,") || lines.last!.hasPrefix("1,1,0.5625,"))
  }

  @Test func `a batch without any weight, and one after it`() throws {
    let place = Workplace.withStream()
    place.write("x,w\n1,1\n2,1\n9,1\n5,0\n6,0\n7,0\n1,1\n2,1\n9,1\n", to: "z.csv")
    let command = "z.csv -k 2 --batch-size 3 --point-weights w --predictions p.csv"
    let outcome = try place.stream("\(command) --first-rows 3 --centroids c.csv")
    #expect(outcome.text.contains("batch 2: 3 points, inertia 0 -> 0, moved 0\n"))
    #expect(try Set(place.numbers("c.csv")) == [[1.5], [9]])
    #expect(try place.text("p.csv").split(separator: "\n").count == 10)
    // Nothing to begin with, either.
    place.write("x,w\n5,0\n6,0\n7,0\n1,1\n2,1\n9,1\n", to: "z.csv")
    place.remove("p.csv")
    let late = try place.stream("\(command) --first-rows 3 --centroids c.csv")
    #expect(late.text.contains("batch 1: 3 points, waits: 0 of 3 points\n"))
    #expect(try Set(place.numbers("c.csv")) == [[1.5], [9]])
  }

  @Test func `a start among equal rows waits for others and says so`() throws {
    let place = Workplace.withStream()
    let rows = [(0, 600), (10, 600), (20, 600)].flatMap {
      Array(repeating: [Double($0)], count: $1)
    }
    let tail = (0..<600).map { [Double($0 % 2 + 1) * 10] }
    place.write(csv(rows + tail), to: "s.csv")
    let outcome = try place.stream("s.csv -k 3 --batch-size 600 --centroids c.csv")
    #expect(outcome.text.contains("batch 1: 600 points, waits: 1 different value in 600 points\n"))
    #expect(
      outcome.text.contains("batch 2: 600 points, waits: 2 different values in 1200 points\n"))
    #expect(outcome.text.contains("moved 0, 3 clusters born\n"))
    #expect(
      outcome.errors
        == "s.csv: 600 points have 1 different value, too few for 3 clusters: the stream waits for "
        + "others before it begins\n")
    #expect(try Set(place.numbers("c.csv")) == [[0], [10], [20]])
    place.write(csv(Array(rows[..<300])), to: "same.csv")
    let same = try place.stream("same.csv -k 3 --model m")
    #expect(
      same.errors
        == "same.csv: 2 of 3 clusters equal others, for too few points differ: they take the first "
        + "other points that come\n")
    place.write(csv([[5], [0], [9]]), to: "others.csv")
    try place.stream("others.csv --init m --centroids c.csv --quiet")
    #expect(try Set(place.numbers("c.csv")) == [[0], [5], [9]])
  }

  @Test func `labels alone as npy`() throws {
    let place = Workplace.withStream()
    place.write("1,2\nnan,2\n10,11\n", to: "s.csv")
    try place.stream(
      "s.csv a.csv -k 2 --init start.npy --on-invalid skip --predictions p.npy --quiet")
    #expect(
      Array(try place.bytes("p.npy").suffix(7 * 4)) == bytes([0, -1, 1, 0, 0, 1, 1] as [Int32]))
    try place.stream("a.csv b.csv -k 2 --first-rows 4 --predictions p.npy --quiet")
    let labels = Array(try place.bytes("p.npy").suffix(5 * 4))
    #expect(labels.prefix(16) == bytes([-1, -1, -1, -1] as [Int32])[...])
  }

  @Test func `the second nearest of one centroid is infinitely far`() throws {
    let place = Workplace.withStream()
    place.write(csv([[1, 2]]), to: "one.csv")
    let outcome = try place.stream("b.csv -k 1 --init one.csv --predictions - --quiet")
    #expect(outcome.text == Self.header + "0,0,1.0,inf,,\n")
  }

  @Test func `the cluster is the stable id`() throws {
    let place = Workplace.withStream()
    place.write(csv([[0], [1000]]), to: "init.csv")
    place.write(csv([[-1], [-2], [1], [2]]), to: "c.csv")
    let outcome = try place.stream(
      "c.csv c.csv -k 2 --init init.csv --decay-factor 0 --predictions - --quiet")
    let ids = outcome.text.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
    #expect(ids.prefix(4) == ["0", "0", "0", "0"])
    #expect(Set(ids.suffix(4)) == ["0", "2"])
  }
}
