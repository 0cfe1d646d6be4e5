import Testing

/// The label that a line of libsvm begins with: kept where libsvm becomes libsvm, and the place of
/// a cluster where that is appended.
@Suite struct LineLabelTests {
  private static func place() -> Workplace {
    let place = Workplace()
    place.write("+1 1:2 3:4\n-1 2:5 # a\n3,17 1:1\n\n1:7\n2 qid:3 1:9\n", to: "l.svm")
    return place
  }

  @Test func `a conversion keeps labels as they are written`() throws {
    let place = Self.place()
    for output in ["o.svm", "o.svm.gz"] {
      #expect(try place.kmeans("convert", "l.svm", output, "--quiet").status == 0)
      #expect(
        try place.kmeans("convert", output, "-", "--to", "libsvm", "--quiet").text
          == "+1 1:2.0 3:4.0\n-1 2:5.0\n3,17 1:1.0\n0 1:7.0\n2 1:9.0\n")
    }
    #expect(
      try place.kmeans("convert", "l.svm", "-", "--columns", "1,2", "--to", "libsvm").text
        == "+1 1:2.0 2:0.0\n-1 2:5.0\n3,17 1:1.0\n0 1:7.0\n2 1:9.0\n")
    // Other formats have no labels, and from them there are none.
    #expect(try place.kmeans("convert", "l.svm", "-").text.hasPrefix("2.0,0.0,4.0\n0.0,5.0,0.0\n"))
    place.write("1,0\n0,2\n", to: "p.csv")
    #expect(
      try place.kmeans("convert", "p.csv", "-", "--to", "libsvm").text == "0 1:1.0 2:0.0\n0 2:2.0\n"
    )
  }

  @Test func `rows that are left out take their labels along`() throws {
    let place = Workplace()
    place.write("5 1:2 2:4\n6 1:x\n7 2:5\n8 9:1\n", to: "l.svm")
    let outcome = try place.kmeans(
      "convert", "l.svm", "-", "--to", "libsvm", "--on-invalid", "skip", "--dimension", "2")
    #expect(outcome.text == "5 1:2.0 2:4.0\n7 2:5.0\n")
  }

  @Test func `several files keep their labels`() throws {
    let place = Self.place()
    place.write("9 1:1 2:1 3:1\n", to: "m.svm")
    let outcome = try place.kmeans("convert", "m.svm", "l.svm", "-", "--to", "libsvm", "--quiet")
    #expect(
      outcome.text.split(separator: "\n").map { $0.prefix { $0 != " " } }
        == ["9", "+1", "-1", "3,17", "0", "2"])
  }

  @Test func `a cluster takes the place of the label`() throws {
    let place = Self.place()
    for command in ["fit l.svm -k 2 --init c.svm", "assign l.svm --centroids c.svm"] {
      place.write("0 1:2 3:4\n0 2:5\n", to: "c.svm")
      let words = "\(command) --append-labels o.svm --quiet".split(separator: " ").map(String.init)
      #expect(try place.run(Program.kmeans, words).status == 0)
      let lines = try place.text("o.svm").split(separator: "\n")
      #expect(lines[0] == "0 1:2.0 3:4.0" && lines[1] == "1 2:5.0" && lines.count == 5)
    }
    place.write("1,2\n,3\n10,11\n", to: "p.csv")
    place.write("1,2\n10,11\n", to: "c.csv")
    try place.kmeans(
      "assign", "p.csv", "--centroids", "c.csv", "--on-invalid", "skip", "--append-labels", "o.svm",
      "--quiet")
    #expect(try place.text("o.svm") == "0 1:1.0 2:2.0\n1 1:10.0 2:11.0\n")
  }
}
