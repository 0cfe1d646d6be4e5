import Testing

/// Wrong command lines and wrong files of `kmeans evaluate`: one line each.
@Suite struct EvaluateErrorTests {
  static let see = "see 'kmeans evaluate --help'"

  @Test(
    arguments: [
      Wrong(
        "evaluate x.csv",
        "expected --model M, --centroids FILE or --labels FILE, found none of them; \(see)", 64),
      Wrong(
        "evaluate x.csv --model m --centroids c.npy",
        "expected one of --model M and --centroids FILE, found both; \(see)", 64),
      Wrong(
        "evaluate - --labels -", "only one of the files can be the standard input; \(see)", 64),
      Wrong(
        "evaluate x.csv --labels labels.csv --sample 0", "--sample 0: expected at least 1; \(see)",
        64),
      Wrong(
        "evaluate x.csv --labels labels.csv --sample many",
        "The value 'many' is invalid for '--sample <N>': expected a whole number; \(see)", 64),
      Wrong(
        "evaluate t.csv --labels labels.csv --labels-true zz",
        "t.csv: there is no column 'zz' among 'x', 'w', 'kind', 'n' (nor is there such a file)", 64),
      Wrong(
        "evaluate t.csv --labels labels.csv --labels-true 9",
        "t.csv: there is no column 9, the columns are 1-4 (nor is there such a file)", 64),
      Wrong(
        "evaluate t.csv --labels labels.csv --labels-true 1-2",
        "t.csv: expected one column, found '1-2' (nor is there such a file)", 64),
      Wrong(
        "evaluate x.npy --labels labels.csv --labels-true kind",
        "x.npy: there is no column 'kind': the columns have no names, only numbers 1-1 "
          + "(nor is there such a file)", 64),
      Wrong(
        "evaluate x.csv --labels labels.csv --labels-true 1",
        "x.csv: no column is left beside column '1'", 64),
      Wrong(
        "evaluate - --labels labels.csv --labels-true 2",
        "--labels-true 2: expected a file, for the standard input cannot be read twice", 64),
      Wrong(
        "evaluate x.csv --labels none.csv", "none.csv: cannot open: No such file or directory", 74),
    ])
  func `a command line that cannot be`(_ wrong: Wrong) throws {
    try wrong.check(in: EvaluateTests.withPoints())
  }

  @Test(
    arguments: [
      Wrong(
        "evaluate x.csv --labels three.csv", "three.csv: 3 labels for 4 points, expected one each"),
      Wrong(
        "evaluate x.csv --labels half.csv",
        "half.csv: row 3: expected a whole number from -1 to 2147483647, found 0.5 "
          + "(rows count from 1)"),
      Wrong(
        "evaluate x.csv --labels below.csv",
        "below.csv: row 1: expected a whole number from -1 to 2147483647, found -2.0 "
          + "(rows count from 1)"),
      Wrong(
        "evaluate x.csv --labels nan.npy",
        "nan.npy: row 2: expected a whole number from -1 to 2147483647, found nan "
          + "(rows count from 1)"),
      Wrong(
        "evaluate x.csv --labels large.csv",
        "large.csv: row 4: expected a whole number from -1 to 2147483647, found 1e+300 "
          + "(rows count from 1)"),
      Wrong(
        "evaluate x.csv --labels word.csv",
        "word.csv: line 2, column 1: expected a number, found 'one', where 3 of 4 fields are numbers"
      ),
      Wrong(
        "evaluate x.csv --labels t.csv",
        "t.csv: 3 columns, expected one label a row; FILE:COLUMN takes one of them"),
      Wrong(
        "evaluate x.csv --labels none.npy",
        "none.npy: none of the 4 points has a label and a weight above 0"),
      Wrong(
        "evaluate x.csv --labels two.csv --centroids c.npy",
        "two.csv: the label of row 2 is 2, expected a cluster from 0 to 1 or -1 for none "
          + "(rows count from 1)"),
      Wrong(
        "evaluate t.csv --columns x,n --centroids c.npy",
        "t.csv: points of 2 columns, expected 1 as in c.npy; --columns chooses some"),
      Wrong(
        "evaluate x.csv --labels labels.csv --labels-true three.csv",
        "three.csv: 3 true labels for 4 points, expected one each"),
      Wrong(
        "evaluate x.csv --labels labels.csv --labels-true headed.csv",
        "headed.csv: 5 true labels for 4 points, expected one each; --header yes takes the "
          + "first for a name"),
      Wrong(
        "evaluate x.csv --labels labels.csv --labels-true t.csv",
        "t.csv: 4 columns, expected one label a row; FILE:COLUMN takes one of them"),
      Wrong(
        "evaluate x.csv --labels labels.csv --labels-true empty.csv",
        "empty.csv: no rows: the file is empty"),
      Wrong(
        "evaluate ragged.csv --labels labels.csv --labels-true 2",
        "ragged.csv: line 2: 1 field, expected 2 as in line 1 (--on-invalid skip leaves such rows out)"
      ),
      Wrong(
        "evaluate x.csv --labels labels.csv --point-weights three.csv",
        "three.csv: 3 weights for 4 points, expected one each"),
      Wrong("evaluate empty.csv --labels labels.csv", "empty.csv: no rows: the file is empty"),
      Wrong(
        "evaluate nan.npy --labels labels.csv",
        "nan.npy: the value in row 2, column 1 is not finite (rows and columns count from 1)"
          + notFiniteHint),
      Wrong("evaluate x.csv --labels m", "m: expected points, found a k-means model"),
      Wrong(
        "evaluate x.csv --labels labels.csv --labels-true m",
        "m: expected points, found a k-means model"),
      Wrong(
        "evaluate x.csv --model c.npy",
        "c.npy: expected a model that 'kmeans fit --model' wrote; a file of centroids is given by --centroids"
      ),
    ])
  func `a file that cannot be`(_ wrong: Wrong) throws {
    let place = EvaluateTests.withPoints()
    place.write("0\n1\n1\n", to: "three.csv")
    place.write("0\n1\n0.5\n1\n", to: "half.csv")
    place.write("-2\n1\n0\n1\n", to: "below.csv")
    place.write(npyFile([0.0, .nan, 1, 1], columns: 1), to: "nan.npy")
    place.write("0\n0\n1\n1e300\n", to: "large.csv")
    place.write("0\none\n1\n1\n", to: "word.csv")
    place.write(npyFile([-1.0, -1, -1, -1], columns: 1), to: "none.npy")
    place.write("0\n2\n1\n1\n", to: "two.csv")
    place.write("kind\nup\nup\ndown\nup\n", to: "headed.csv")
    place.write("", to: "empty.csv")
    place.write("1,a\n2\n3,b\n4,c\n", to: "ragged.csv")
    try place.kmeans("fit", "x.npy", "-k", "2", "--init", "c.npy", "--model", "m")
    try place.expectFailure(
      wrong.status, wrong.line, (wrong.command + " --quiet").split(separator: " ").map(String.init))
  }
}
