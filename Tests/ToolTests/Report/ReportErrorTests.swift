import Testing

/// What `kmeans report` refuses: one line, and nothing is written.
@Suite struct ReportErrorTests {
  @Test(
    arguments: [
      Wrong(
        "report a.csv --out r.html",
        "expected -k K or --clusters 2-20, the number of clusters, or --model M; see 'kmeans report --help'",
        64),
      Wrong(
        "report --out r.html",
        "expected --model M, --trace T.jsonl, --sketch S, or INPUT with -k K or --clusters 2-20; see 'kmeans report --help'",
        64),
      Wrong(
        "report -k 2 --out r.html",
        "Missing expected argument '<input>'; see 'kmeans report --help'",
        64),
      Wrong(
        "report --model m -k 2 --out r.html",
        "--model m: it has its clusters: expected no -k or --clusters; see 'kmeans report --help'",
        64),
      Wrong(
        "report --model m --sketch s -k 2 --out r.html",
        "--model m and --sketch s: expected one of them; see 'kmeans report --help'", 64),
      Wrong(
        "report --model a.csv --out r.html",
        "a.csv: expected a model, as 'kmeans fit --model' writes it"),
      Wrong(
        "report --sketch a.csv -k 2 --out r.html",
        "a.csv: expected a sketch that 'kmeans onepass --sketch' wrote"),
      Wrong(
        "report a.csv -k 2 --out r.txt", "--out 'r.txt': expected a name that ends in .html", 64),
      Wrong(
        "report a.csv -k 2 --out no/r.html",
        "no/r.html: cannot write: there is no folder FOLDER/no",
        74),
      Wrong(
        "report no.csv -k 2 --out r.html", "no.csv: cannot open: No such file or directory", 74),
      Wrong(
        "report a.csv -k 9 --out r.html",
        "a.csv: 9 clusters for 4 points, expected at most as many clusters as points", 65),
      Wrong(
        "report a.csv -k 2 --out r.html --sample 0",
        "--sample 0: expected from 1 to 100000; see 'kmeans report --help'", 64),
    ]) func `wrong`(_ wrong: Wrong) throws
  {
    let place = Workplace.withSample()
    let line = wrong.line.replacing("FOLDER", with: place.path)
    try place.expectFailure(wrong.status, line, wrong.command)
  }

  @Test func `a page that exists is kept where that is asked for`() throws {
    let place = Workplace.withSample()
    place.write("mine", to: "r.html")
    try place.expectFailure(
      64,
      "--out r.html: the file exists: expected another name, or leave out --no-clobber",
      "report a.csv -k 2 --out r.html --no-clobber")
    #expect(try place.text("r.html") == "mine")
    #expect(try place.kmeans("report", "a.csv", "-k", "2", "--out", "r.html").status == 0)
    #expect(try place.text("r.html").hasPrefix("<!DOCTYPE html>"))
  }

  @Test func `a model that is cut is no model`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.csv", "-k", "2", "--model", "m", "--quiet")
    place.write(Array(try place.bytes("m").dropLast(20)), to: "cut")
    place.write("", to: "empty")
    for name in ["cut", "empty"] {
      let outcome = try place.kmeans("report", "--model", name, "--out", "r.html")
      #expect(outcome.status == 65)
      #expect(
        outcome.errors.hasPrefix("kmeans: \(name): ")
          && outcome.errors.split(separator: "\n").count == 1)
      #expect(!place.names.contains("r.html"))
    }
  }

  @Test func `a page does not replace what it is of`() throws {
    let place = Workplace.withSample()
    place.write("1,2\n3,4\n", to: "p.html")
    let outcome = try place.kmeans(
      "report", "p.html", "-k", "1", "--format", "csv", "--out", "p.html")
    #expect(outcome.status == 64)
    #expect(outcome.errors == "kmeans: --out p.html: expected another file than the input p.html\n")
  }
}
