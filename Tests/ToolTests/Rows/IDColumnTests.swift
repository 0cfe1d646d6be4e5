import Testing

/// `--id-column`: ids of rows before their labels.
@Suite struct IDColumnTests {
  static func withIDs() -> Workplace {
    let place = Workplace()
    place.write(
      "key,x,y\nr 1,1,2\n\"a,b\",1.5,2\n\"two\nlines \"\"q\"\"\",10,11\nlast,10,12\n", to: "t.csv")
    place.write("1,2\n1.5,2\n10,11\n10,12\n", to: "plain.csv")
    return place
  }

  static let lines = "r 1,0\n\"a,b\",0\n\"two\nlines \"\"q\"\"\",1\nlast,1\n"

  @Test(arguments: ["--id-column", "--key-column"])
  func `labels of a fit and an assignment`(_ option: String) throws {
    let place = Self.withIDs()
    place.write("x,y\n1.25,2\n10,11.5\n", to: "c.csv")
    let fit = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--init", "c.csv", option, "key", "--labels", "l.csv", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(try place.text("l.csv", under: "key,cluster") == Self.lines)
    let assigned = try place.kmeans(
      "assign", "t.csv", "--centroids", "c.csv", option, "key", "--labels", "m.csv",
      "--distances", "d.csv", "--quiet")
    #expect(assigned.status == 0, "\(assigned.errors)")
    #expect(try place.text("m.csv") == place.text("l.csv"))
    #expect(
      try place.text("d.csv", under: "key,squared_distance")
        == Self.lines.replacing(",0\n", with: ",0.0625\n").replacing(",1\n", with: ",0.25\n"))
    let printed = try place.kmeans(
      "assign", "t.csv", "--centroids", "c.csv", option, "key", "--quiet")
    #expect(printed.text == Self.lines)
    let piped = try place.shell(
      "\"$KMEANS\" assign - --centroids c.csv \(option) key --quiet <t.csv | cat")
    #expect(piped.text == Self.lines)
  }

  @Test func `rows that are left out keep their ids`() throws {
    let place = Workplace()
    place.write("id,x\nNA1,1\nb,NA\nc,3\nd,oops\n", to: "t.csv")
    for command in ["fit t.csv -k 1", "onepass t.csv -k 1"] {
      let words = command.split(separator: " ").map(String.init)
      let outcome = try place.run(
        Program.kmeans,
        words + ["--columns", "x", "--on-invalid", "skip", "--id-column", "id", "--labels", "-"])
      #expect(outcome.text == "NA1,0\nb,-1\nc,0\nd,-1\n", "\(outcome.errors)")
    }
  }

  @Test func `a column of numbers is no coordinate, and labels are read back`() throws {
    let place = Workplace()
    place.write("id,x\n7,1\n8,1.5\n9,10\n10,11\n", to: "t.csv")
    let fit = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--id-column", "id", "--labels", "l.csv", "--json", "--quiet")
    let report = try ReportTests.object(fit)
    #expect(report["dimension"] as? Int == 1)
    #expect(report["inertia"] as? Double == 0.625)
    #expect(try place.text("l.csv").hasPrefix("id,cluster\n7,"))
    let quality = try place.kmeans(
      "evaluate", "t.csv", "--exclude", "id", "--labels", "l.csv", "--json", "--quiet")
    #expect(try ReportTests.object(quality)["inertia"] as? Double == 0.625)
  }

  @Test func `a file without a header and the folder of one pass`() throws {
    let place = Workplace()
    place.write("a,1\nb,1.5\nc,10\n", to: "t.csv")
    try place.onePass("t.csv -k 1 --id-column 1 -o out -cl --quiet")
    #expect(try place.text("out/labels.csv") == "id,cluster\na,0\nb,0\nc,0\n")
  }

  @Test func `an id may be long`() throws {
    let place = Workplace()
    let id = String(repeating: "long ", count: 40_000) + "end"
    place.write("id,x\n\(id),1\n,2\n", to: "t.csv")
    let outcome = try place.kmeans(
      "fit", "t.csv", "-k", "1", "--id-column", "id", "--labels", "-", "--quiet")
    #expect(outcome.text == "\(id),0\n,0\n")
  }

  @Test(
    arguments: [
      Wrong(
        "fit t.csv -k 1 --id-column key --labels l.npy",
        "--labels l.npy: npy holds no texts, as the ids of --id-column are: expected a name that ends "
          + "in .csv", 64),
      Wrong(
        "assign t.csv --centroids plain.csv --id-column key --distances d.npy",
        "--distances d.npy: npy holds no texts, as the ids of --id-column are: expected a name that "
          + "ends in .csv", 64),
      Wrong(
        "fit t.csv -k 1 --id-column kex",
        "t.csv: there is no column 'kex' among 'key', 'x', 'y': did you mean 'key'?", 64),
    ])
  func `refused`(_ wrong: Wrong) throws { try wrong.check(in: Self.withIDs()) }
}
