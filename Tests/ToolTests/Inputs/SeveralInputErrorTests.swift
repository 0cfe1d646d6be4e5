import Testing

/// Inputs that do not go together: one line, before any work.
@Suite struct SeveralInputErrorTests {
  @Test(
    arguments: [
      Wrong(
        "fit a.csv z.csv -k 1",
        "z.csv: there is no column 'y' among 'x', 'z', expected 'x', 'y' as in a.csv"),
      Wrong(
        "fit a.npy b.csv -k 1",
        "b.csv: points of 2 columns, expected 1 as in a.npy"
          + "; --columns chooses some"),
      Wrong(
        "fit a.csv bad.csv -k 1",
        "bad.csv: line 3, column 2: expected a number for 'y', found 'oops' (--on-invalid skip "
          + "leaves such rows out)"),
      Wrong(
        "fit a.npy nan.npy -k 1",
        "nan.npy: the value in row 2, column 1 is not finite (rows and columns count from 1)"
          + notFiniteHint),
      Wrong(
        "assign a.npy nan.npy --centroids a.npy",
        "nan.npy: the value in row 2, column 1 is not finite (rows and columns count from 1); --on-invalid "
          + "skip leaves such rows out"),
      Wrong(
        "onepass a.npy nan.npy -k 1",
        "nan.npy: the value in row 2, column 1 is not finite (rows and columns count from 1)"
          + notFiniteHint),
      Wrong("fit a.csv none.csv -k 1", "none.csv: cannot open: No such file or directory", 74),
      Wrong(
        "fit hollow -k 1",
        "hollow: there are no files in this folder, expected some whose names do not begin with _ or ."
      ),
      Wrong(
        "fit empty.csv empty.csv -k 1", "empty.csv: there are no rows, nor in the 1 file after it"),
      Wrong(
        "fit a.csv - -k 1",
        "the standard input (-) among other inputs: expected it alone, or files alone; "
          + "see 'kmeans fit --help'", 64),
      Wrong(
        "fit a.csv a.csv -k 1 --append-labels o.csv",
        "--append-labels o.csv: expected one file as input, found 2: --labels OUT writes the labels "
          + "of all rows in their order", 64),
      Wrong(
        "fit parts -k 1 --labels parts/l.csv",
        "--labels parts/l.csv: expected a place outside of the folder parts, of which all files are "
          + "read", 64),
      Wrong(
        "fit a.csv u.csv -k 1 --point-weights w",
        "a.csv: there is no column 'w' to take weights from, as u.csv has"),
      Wrong(
        "convert a.csv", "Missing expected argument '<output>'; see 'kmeans convert --help'", 64),
    ])
  func `refused`(_ wrong: Wrong) throws {
    let place = Workplace()
    for folder in ["hollow", "parts"] {
      place.makeFolder(folder)
    }
    place.write("", to: "hollow/_SUCCESS")
    place.write("x,y\n1,2\n", to: "parts/part-0.csv")
    place.write("x,y\n1,2\n", to: "a.csv")
    place.write("x,y\n1,2\n", to: "b.csv")
    place.write("x,z\n1,2\n", to: "z.csv")
    place.write("x,y\n1,2\n1,oops\n", to: "bad.csv")
    place.write("x,w,y\n1,2,3\n", to: "u.csv")
    place.write("", to: "empty.csv")
    place.write(npyFile([1, 2] as [Double], columns: 1), to: "a.npy")
    place.write(npyFile([1, .nan] as [Double], columns: 1), to: "nan.npy")
    try wrong.check(in: place)
  }

  @Test func `a part of a header alone is told`() throws {
    let place = Workplace()
    place.write("a,b\n1,2\n3,4\n", to: "p1.csv")
    place.write("a,b\n", to: "p2.csv")
    place.write("", to: "p3.csv")
    place.write("a,b\n5,6\n", to: "p4.csv")
    for order in ["p1.csv p2.csv p3.csv p4.csv", "p2.csv p3.csv p1.csv p4.csv"] {
      let words = "fit \(order) -k 1 --labels -".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 0 && outcome.text == "0\n0\n0\n")
      #expect(outcome.errors.hasPrefix("p2.csv: it has a line of names and no rows\n"))
      #expect(!outcome.errors.contains("p3.csv"))
    }
    place.write("a,b\n", to: "p4.csv")
    let outcome = try place.kmeans("convert", "p1.csv", "p2.csv", "p4.csv", "o.npy")
    #expect(outcome.errors == "p2.csv and 1 more file: they have a line of names and no rows\n")
  }

  @Test func `a folder is no model`() throws {
    let place = Workplace.withSample()
    _ = try place.shell("mkdir parts")
    try place.expectFailure(
      64, "parts: expected the file of a model, found a folder", "assign a.csv --model parts")
  }
}
