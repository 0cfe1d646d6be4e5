import Testing

/// Models remember the columns of their points, and no other columns are taken for them.
@Suite struct ModelColumnTests {
  static let table = "a,b\n0,1\n1,0\n10,9\n9,10\n"
  static let swapped = "b,a\n1,0\n0,1\n9,10\n10,9\n"

  static func withModel() throws -> Workplace {
    let place = Workplace()
    place.write(table, to: "ab.csv")
    place.write(swapped, to: "ba.csv")
    #expect(try place.kmeans("fit", "ab.csv", "-k", "2", "--model", "m", "--quiet").status == 0)
    return place
  }

  @Test func `columns in another order are refused by name`() throws {
    let place = try Self.withModel()
    let problem =
      "ba.csv: columns 'b', 'a', expected 'a', 'b' as in m; --columns a,b chooses them"
    for command in [
      "assign ba.csv --model m", "evaluate ba.csv --model m", "fit ba.csv -k 2 --init m",
      "stream ba.csv -k 2 --init m", "assign ba.csv --model m --columns 1,2",
    ] {
      try place.expectFailure(65, problem, command)
    }
    let piped = try place.shell("\"$KMEANS\" stream - -k 2 --init m < ba.csv")
    #expect(piped.errors == "kmeans: standard input\(problem.dropFirst(6))\n" && piped.status == 65)
    let expected = try place.kmeans("assign", "ab.csv", "--model", "m")
    let chosen = try place.kmeans("assign", "ba.csv", "--model", "m", "--columns", "a,b")
    #expect(chosen.text == expected.text && chosen.status == 0)
    #expect(Set(expected.text.split(separator: "\n")) == ["0", "1"])
  }

  @Test func `other names and more columns are refused`() throws {
    let place = try Self.withModel()
    place.write("a,c\n1,2\n", to: "ac.csv")
    place.write("id,a,b\n1,0,1\n", to: "more.csv")
    place.write("\"a, in m\",b\n1,2\n3,4\n", to: "comma.csv")
    place.write("b,\"a, in m\"\n1,2\n", to: "ammoc.csv")
    try place.kmeans("fit", "comma.csv", "-k", "1", "--model", "comma")
    for (command, line) in [
      (
        "ac.csv --model m",
        "ac.csv: columns 'a', 'c', expected 'a', 'b' as in m; there is no 'b' among its columns"
      ),
      (
        "more.csv --model m",
        "more.csv: columns 'id', 'a', 'b', expected 'a', 'b' as in m; --columns a,b chooses them"
      ),
      (
        "ammoc.csv --model comma",
        "ammoc.csv: columns 'b', 'a, in m', expected 'a, in m', 'b' as in comma; "
          + "--columns '\"a, in m\",b' chooses them"
      ),
    ] {
      try place.expectFailure(65, line, "assign \(command)")
    }
  }

  @Test func `without names on one side the places are compared`() throws {
    let place = try Self.withModel()
    place.write("0,1\n10,9\n", to: "bare.csv")
    let outcome = try place.kmeans("assign", "bare.csv", "--model", "m", "--json")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors
        == "bare.csv: there are no names of columns to compare with 'a', 'b' of m; the columns are "
        + "taken in this order\n")
    place.write("x,1,2\ny,3,4\n", to: "first.csv")
    place.write("1,x,2\n3,y,4\n", to: "second.csv")
    try place.kmeans("fit", "first.csv", "-k", "1", "--model", "f")
    let problem =
      "second.csv: column 1 is numeric where it is column 2 in f: expected the same columns, or "
      + "--columns to choose them"
    try place.expectFailure(65, problem, "assign second.csv --model f --json --quiet")
    let chosen = try place.kmeans("assign", "second.csv", "--model", "f", "--columns", "1,3")
    #expect(chosen.status == 0)
    #expect(chosen.errors.contains("second.csv: column 1 of 3 is taken for column 2 of 3 of f\n"))
    // A file that lacks a column has others in their places.
    place.write("1,2,9\n3,4,9\n", to: "three.csv")
    place.write("1,9\n3,9\n", to: "two.csv")
    try place.kmeans("fit", "three.csv", "-k", "1", "--columns", "2-3", "--model", "t")
    try place.expectFailure(
      65,
      "two.csv: column 1 is numeric where it is column 2 in t: expected the same columns, or "
        + "--columns to choose them", "assign two.csv --model t --json --quiet")
  }

  @Test func `files of a stream have the columns of the first`() throws {
    let place = try Self.withModel()
    place.write("0,1\n10,9\n", to: "bare.csv")
    let outcome = try place.kmeans(
      "stream", "ab.csv", "ba.csv", "-k", "2", "--first-rows", "2", "--model", "s")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "what 1 batch taught is written: s\nkmeans: ba.csv: columns 'b', 'a', expected 'a', 'b' as in ab.csv; --columns a,b chooses "
        + "them\n")
    let named = try place.kmeans(
      "stream", "ab.csv", "ba.csv", "bare.csv", "-k", "2", "--first-rows", "2", "--columns", "1,2")
    #expect(named.status == 65)
    let chosen = try place.kmeans(
      "stream", "ab.csv", "ba.csv", "-k", "2", "--first-rows", "2", "--columns", "a,b", "--model",
      "s")
    #expect(chosen.status == 0 && chosen.errors == "")
    #expect(try place.kmeans("info", "s").text.contains(#/names +a, b/#))
    try place.expectFailure(
      65, "ba.csv: columns 'b', 'a', expected 'a', 'b' as in s; --columns a,b chooses them",
      "assign ba.csv --model s")
  }
}
