// Numbers that no sum can hold are refused in one line, before anything is written.
import Testing

@Suite struct NumberRangeTests {
  private static let close = "0,1e-170\n0,1.1e-170\n9e-170,5e-170\n9.1e-170,5e-170\n"

  @Test(arguments: ["fit", "stream", "onepass", "elbow"])
  func `rows that are too close`(command: String) throws {
    let workplace = Workplace()
    workplace.write(Self.close, to: "c.csv")
    try workplace.expectFailure(
      65,
      "c.csv: no two values of a column differ by more than 9.1e-170, expected 1e-140 at least in some column: "
        + "squared distances would underflow; multiply the values by a power of ten, or standardise the columns",
      "\(command) c.csv -k 2 --quiet")
  }

  @Test func `standardised they are as any others`() throws {
    let workplace = Workplace()
    workplace.write(Self.close, to: "c.csv")
    let outcome = try workplace.kmeans("fit", "c.csv", "-k", "2", "--standardize", "--labels", "-")
    #expect(["0\n0\n1\n1\n", "1\n1\n0\n0\n"].contains(outcome.text))
    let verified = try workplace.kmeans("fit", "c.csv", "-k", "2", "--standardize", "--verify")
    #expect(verified.status == 0 && verified.errors == "")
  }

  /// Nothing is written, and there is no line that is not JSON.
  @Test(
    arguments: [
      "fit d.csv -k 2 --labels l.csv --model m.kmeans", "elbow d.csv -k 1-3",
      "stream d.csv -k 2 --trace t.jsonl --model m.kmeans", "onepass d.csv -k 2 --labels l.npy -ow",
      "evaluate d.csv --centroids c.csv",
    ], ["1e206", "1e250"])
  func `products that overflow`(command: String, weight: String) throws {
    let workplace = Workplace()
    let lines = (0..<100).map { "\($0 % 7 + 1)e50,\($0 % 3)e50,\(weight)\n" }
    workplace.write("x,y,w\n" + lines.joined(), to: "d.csv")
    workplace.write("1e50,1e50\n5e50,2e50\n", to: "c.csv")
    let before = workplace.names
    let words = (command + " --point-weights w --json --quiet").split(separator: " ").map(
      String.init)
    let outcome = try workplace.run(Program.kmeans, words)
    #expect(outcome.status == 65 && outcome.text == "")
    #expect(outcome.errors.contains("sums of weights times squared distances would overflow"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    // Traces are written as they come: there may be a file without lines.
    #expect(workplace.names.filter { $0 != "t.jsonl" } == before)
    if workplace.names.contains("t.jsonl") { #expect(try workplace.text("t.jsonl") == "") }
  }

  @Test func `more clusters than points with weight`() throws {
    let workplace = Workplace()
    workplace.write("x,w\n0,1\n1000000,0\n2000000,0\n", to: "w.csv")
    let line =
      "w.csv: 2 clusters for 1 point of a weight above 0, expected at most as many clusters as such points"
    for start in ["greedy", "k-means++", "random"] {
      try workplace.expectFailure(
        65, line, "fit w.csv -k 2 --point-weights w --quiet --init \(start)")
    }
    try workplace.expectFailure(65, line, "elbow w.csv -k 1-2 --point-weights w --quiet")
    try workplace.expectFailure(65, line, "onepass w.csv -k 2 --point-weights w --quiet -ow")
  }

  @Test func `directions of the smallest numbers are verified`() throws {
    let workplace = Workplace()
    for rows in ["-8.6e-241\n1.9e-134\n8.6e-241\n", "1e-300,2e-300\n-3e-200,1e-320\n5,1e-162\n"] {
      workplace.write(rows, to: "a.csv")
      let outcome = try workplace.kmeans(
        "fit", "a.csv", "-k", "2", "--distance", "cosine", "--verify")
      #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    }
  }

  @Test func `the mean of equal numbers is that number`() throws {
    let workplace = Workplace()
    for value in ["0.1", "1.604e+18"] {
      workplace.write("\(value)\n\(value)\n\(value)\n", to: "a.csv")
      let outcome = try workplace.kmeans(
        "fit", "a.csv", "-k", "1", "--centroids", "c.csv", "--json")
      #expect(outcome.text.contains("\"inertia\":0,"))
      #expect(try workplace.text("c.csv", under: "column1") == "\(value)\n")
    }
  }
}
