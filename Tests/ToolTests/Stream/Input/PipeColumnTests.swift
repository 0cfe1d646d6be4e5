import Testing

/// Columns of a pipe that is learnt as it comes: the first row decides them, and later rows have to
/// fit.
@Suite struct PipeColumnTests {
  /// What a pipe and a file of the same text are told.
  private func problems(_ text: String) throws -> (pipe: Outcome, file: Outcome) {
    let place = Workplace()
    place.write(text, to: "p.csv")
    let pipe = try place.shell("cat p.csv | \"$KMEANS\" stream - -k 1 --first-rows 1 --quiet")
    return (pipe, try place.kmeans("fit", "p.csv", "-k", "1", "--quiet"))
  }

  @Test(arguments: [
    "a,b\nc,d\n", "x\n", "a,2,c\n1,2,2\n3,4,4\n", "a,b,c\n", "",
  ])
  func `a first row that decides nothing is told as everywhere`(text: String) throws {
    let (pipe, file) = try problems(text)
    #expect(pipe.status == 65 && file.status == 65 && pipe.text == "")
    #expect(pipe.errors == file.errors.replacing("p.csv", with: "standard input"))
    #expect(pipe.errors.split(separator: "\n").count == 1 && pipe.errors.hasPrefix("kmeans: "))
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,x\n", "line 3, column 2: expected a number for 'b', found 'x'"),
    ("1,2\n3,4\n5,\n", "line 3, column 2: expected a number, found an empty field"),
    ("a,b\n,2\n3,4\n", "line 2, column 1: expected a number for 'a', found an empty field"),
    ("a,b\n1,NA\n3,4\n", "line 2, column 2: expected a number for 'b', found 'NA'"),
    ("a,b\n1,2\n\"3\",\"4 m\"\n", "line 3, column 2: expected a number for 'b', found '4 m'"),
  ])
  func `a later cell of another kind is named`(text: String, problem: String) throws {
    let (pipe, _) = try problems(text)
    #expect(pipe.status == 65)
    let isMissing = problem.hasSuffix("field") || problem.hasSuffix("'NA'")
    let hint = isMissing ? TextDataTests.missingHint : TextDataTests.hint
    #expect(pipe.errors == "kmeans: standard input: \(problem)\(hint)\n")
  }

  @Test func `a later row of another length is named`() throws {
    let (pipe, _) = try problems("a,b\n1,2\n3\n")
    #expect(
      pipe.errors
        == "kmeans: standard input: line 3: 1 field, expected 2 as in line 1 (--on-invalid skip leaves "
        + "such rows out)\n")
    #expect(pipe.status == 65)
  }

  @Test func `the first row decides, which the help says`() throws {
    let place = Workplace()
    place.write("a,b,c\n1,x,2\n3,7,4\n5,8,6\n", to: "p.csv")
    let pipe = try place.shell("cat p.csv | \"$KMEANS\" stream - -k 1 --json")
    #expect(pipe.status == 0 && pipe.text.contains("\"dimension\":2,"))
    #expect(pipe.errors == "standard input: 2 of 3 columns are numeric: 'a', 'c'\n")
    // In a file the numbers of the column are more.
    let file = try place.kmeans("stream", "p.csv", "-k", "1", "--quiet")
    #expect(file.status == 65)
    #expect(
      file.errors.hasPrefix("kmeans: p.csv: line 2, column 2: expected a number for 'b', found 'x'")
    )
    let help = try place.kmeans("stream", "--help").text.replacing(#/\s+/#, with: " ")
    #expect(help.contains("The first row of a pipe decides its columns: those whose field is"))
  }
}
