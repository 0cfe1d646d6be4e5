import Foundation
import Testing

/// Files that are no sketches, or none that go together: one line with the file, and nothing
/// written.
@Suite struct SketchErrorTests {
  @Test func `sketches of other rows`() throws {
    let place = SketchFileTests.place()
    for (name, command) in [
      ("s", "p.npy -k 4"), ("two.s", "a.npy --precision float -k 2"),
      ("cosine.s", "p.npy -k 4 --distance cosine"), ("double.s", "p.npy -k 4 --precision double"),
      ("z.s", "p.npy -k 4 --standardize"), ("z1.s", "p1.npy -k 4 --standardize"),
      ("names.s", "p.csv --exclude w -k 4"), ("others.s", "p.csv --exclude a -k 4"),
    ] {
      try place.onePass("\(command) --sketch \(name) --quiet")
    }
    for wrong in [
      Wrong("s two.s", "two.s: a sketch of points of 2 columns, expected 3 as in s"),
      Wrong("s cosine.s", "cosine.s: the distance is cosine, expected euclidean as in s"),
      Wrong("cosine.s s", "s: the distance is euclidean, expected cosine as in cosine.s"),
      Wrong("s double.s", "double.s: a sketch of doubles, expected one of floats as in s"),
      Wrong("double.s s", "s: a sketch of floats, expected one of doubles as in double.s"),
      Wrong(
        "s z.s",
        "z.s: a sketch of standardised columns, expected columns that are not standardised as in s"),
      Wrong(
        "z.s z1.s",
        "z1.s: its columns were standardised by other means and deviations than those of z.s, expected "
          + "sketches of one run: 'kmeans onepass' of all files together"),
      Wrong(
        "names.s others.s",
        "others.s: columns 'b', 'c', 'w', expected 'a', 'b', 'c' as in names.s"),
    ] {
      try place.expectFailure(65, wrong.line, "sketch merge \(wrong.command) --out merged --quiet")
      try place.expectFailure(
        65, wrong.line, "sketch cluster \(wrong.command) -k 2 --model m --quiet")
    }
  }

  @Test func `files that are no sketches`() throws {
    let place = SketchFileTests.place()
    try place.onePass("p.npy -k 4 --model m --sketch s --quiet")
    place.makeFolder("folder")
    let bytes = try place.bytes("s")
    place.write(Array(bytes.dropLast(100)), to: "cut")
    var changed = bytes
    changed[bytes.count - 50] ^= 1
    place.write(changed, to: "changed")
    let expected = "expected a sketch that 'kmeans onepass --sketch' wrote"
    for wrong in [
      Wrong("p.npy", "p.npy: \(expected)"), Wrong("m", "m: \(expected), found a k-means model"),
      Wrong("no", "no: cannot open: No such file or directory", 74),
      Wrong("folder", "folder: expected the file of a sketch, found a folder", 64),
      Wrong(
        "-", "-: a sketch is read from a file, not from a pipe: expected the name of a file", 64),
      Wrong(
        "cut",
        "cut: byte \(bytes.count - 100): expected \(bytes.count) bytes in all, found \(bytes.count - 100)"
      ),
    ] {
      for command in ["info \(wrong.command)", "merge s \(wrong.command) --out x --quiet"] {
        try place.expectFailure(wrong.status, wrong.line, "sketch \(command)")
      }
      try place.expectFailure(
        wrong.status, wrong.line, "sketch cluster \(wrong.command) -k 4 --model x --quiet")
    }
    let found = try place.kmeans("sketch", "info", "changed")
    #expect(found.status == 65)
    #expect(found.errors.contains("does not match its checksum: the file was changed"))
  }

  /// A sketch whose rows still wait, put together by the description of its format.
  private func sketch(_ changes: ModelContentTests.Section...) -> [UInt8] {
    var sections: [ModelContentTests.Section] = [
      .whole("clusterCount", 2), .whole("seed", 0),
      .init("initialCutoff", 2, Array("estimated".utf8)), .number("beta", 1.3),
      .number("clusterOvershoot", 2), .init("collapse", 2, Array("once".utf8)),
      .init("precision", 2, Array("double".utf8)), .number("weight", 4),
      .whole("weightedPoints", 4), .number("largest", 12), .numbers("lowest", [1, 2]),
      .numbers("highest", [10, 12]), .matrix("waitingRows", 4, 2, Sample.values),
      .numbers("waitingWeights", [1, 1, 1, 1]),
    ]
    for change in changes {
      sections.removeAll { $0.name == change.name }
      sections.append(change)
    }
    return ModelContentTests.archive("k-means sketch", sections)
  }

  @Test func `counts that lie`() throws {
    let place = Workplace()
    place.write(sketch(), to: "right")
    let right = try place.kmeans("sketch", "cluster", "right", "-k", "2", "--centroids", "c.csv")
    #expect(right.status == 0, "\(right.errors)")
    #expect(try place.numbers("c.csv").sorted { $0[0] < $1[0] } == [[1.25, 2], [10, 11.5]])
    for (change, problem) in [
      (ModelContentTests.Section.whole("weightedPoints", 5), "section 'weightedPoints' "),
      (.number("weight", 7), "section 'waitingWeights' has a sum of 4.0, expected 7.0"),
      (.number("largest", 3), "section 'highest' has 2 values"),
      (.whole("clusterCount", 0), "the parameters of the sketch: "),
      (.whole("clusterCount", .max), "section 'clusterCount' is "),
      (.number("beta", .nan), "the parameters of the sketch: "),
      (.numbers("lowest", [50, 2]), "section 'lowest' "),
      (.numbers("waitingWeights", [1, 1, 1]), "section 'waitingWeights' has 3 values"),
      (.numbers("waitingWeights", [1, 1, 1, -1]), "section 'waitingWeights' has 4 values"),
      (.matrix("waitingRows", 4, 2, [1, 2, .nan, 2, 10, 11, 10, 12]), "section 'waitingRows' "),
      (
        .init("precision", 2, Array("half".utf8)),
        "section 'precision' is 'half', expected float or double"
      ),
      (.init("collapse", 2, Array("never".utf8)), "section 'collapse' is 'never'"),
    ] {
      place.write(sketch(change), to: "s")
      for command in ["info s", "cluster s -k 2 --model m"] {
        let words = command.split(separator: " ").map(String.init)
        let outcome = try place.kmeans(["sketch"] + words)
        #expect(outcome.status == 65, "\(change.name)")
        #expect(outcome.errors.hasPrefix("kmeans: s: "), "\(outcome.errors)")
        #expect(outcome.errors.contains(problem), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.text == "")
      }
    }
    #expect(!place.names.contains("m"))
  }

  @Test func `command lines that cannot be`() throws {
    let place = SketchFileTests.place()
    try place.onePass("p.npy -k 4 --sketch s --quiet")
    for wrong in [
      Wrong("cluster s -k 0 --model m", "-k 0: expected at least 1", 64),
      Wrong("cluster s -k \(Int.max)", "-k \(Int.max): expected at most \(Int32.max)", 64),
      Wrong(
        "cluster s -k 4 -testp 1", "-testp 1.0: expected a number of at least 0 and below 1", 64),
      Wrong("cluster s -k 4 -nbkm 0", "-nbkm 0: expected at least 1", 64),
      Wrong("merge s --out folder/x", "folder/x: cannot write: there is no folder", 74),
    ] {
      let words = wrong.command.split(separator: " ").map(String.init)
      let outcome = try place.kmeans(["sketch"] + words)
      #expect(outcome.status == wrong.status, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("kmeans: \(wrong.line)"), "\(outcome.errors)")
    }
    #expect(try place.kmeans("sketch", "merge", "s").status == 64)
    #expect(try place.kmeans("sketch", "cluster", "-k", "2").status == 64)
    #expect(try place.kmeans("sketch").text.contains("merge"))
  }

  @Test func `a full disk`() throws {
    let place = SketchFileTests.place()
    try place.onePass("p.npy -k 100 --sketch s --quiet")
    let before = place.contents
    for command in ["onepass p.npy -k 100 --sketch o", "sketch merge s s --out o"] {
      let outcome = try place.shell("ulimit -f 16; exec \"$KMEANS\" \(command) --quiet")
      #expect(outcome.errors == "kmeans: o: cannot write: File too large\n")
      #expect(outcome.status == 74)
      #expect(place.contents == before)
    }
  }
}
