#if os(Linux)
  import Foundation
  import Testing

  /// Names of files are bytes, of which not all are UTF-8: inputs are found and outputs get the
  /// names that were given.
  @Suite struct ByteNameTests {
    /// What the shell says of names, hexadecimal, so that no text is in between.
    static func hexadecimalNames(_ place: Workplace, _ folder: String = ".") throws -> Set<String> {
      let outcome = try place.shell("ls \(folder) | od -An -v -tx1 | tr -d ' \\n'")
      return Set(outcome.text.components(separatedBy: "0a").filter { !$0.isEmpty })
    }

    @Test func `inputs and outputs of all commands`() throws {
      let place = Workplace.withSample()
      let outcome = try place.shell(
        """
        set -e
        n=$(printf 'n\\377'); f=$(printf 'f\\376'); m=$(printf 'm\\360\\237')
        mkdir "$f"; cp a.csv "$n.csv"; mv a.csv "$f/$n.csv"
        ln -s "$n.csv" link.csv
        "$KMEANS" fit "$n.csv" -k 2 --labels "$f/$n.l.csv" --model "$m" --quiet
        "$KMEANS" assign "$f/$n.csv" --model "$m" --append-labels "$n.a.csv" --quiet
        "$KMEANS" stream "$n.csv" -k 2 --trace "$n.t" --centroids "$f/$n.c.npy" --quiet
        "$KMEANS" onepass "$n.csv" -k 2 -o "$f/$m" --quiet
        "$KMEANS" convert "$n.csv" "$n.npy" --quiet
        "$KMEANS" evaluate "$n.npy" --labels "$f/$n.l.csv" --quiet
        """)
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
      let (n, dot) = ("6eff", "2e")
      #expect(
        try Self.hexadecimalNames(place).isSuperset(of: [
          "66fe", "6df09f", "\(n)\(dot)612e637376", "\(n)\(dot)74", "\(n)\(dot)6e7079",
        ]))
      #expect(
        try Self.hexadecimalNames(place, "f*") == [
          "\(n)2e637376", "\(n)2e6c2e637376", "\(n)2e632e6e7079", "6df09f",
        ])
    }

    @Test func `messages and JSON show them escaped`() throws {
      let place = Workplace.withSample()
      let missing = try place.shell("\"$KMEANS\" fit \"$(printf 'n\\377.csv')\" -k 2")
      #expect(missing.status == 74)
      #expect(missing.errors == "kmeans: n\\xff.csv: cannot open: No such file or directory\n")
      let info = try place.shell("cp a.csv \"$(printf 'n\\377.csv')\"; \"$KMEANS\" info --json n*")
      let object = try JSONSerialization.jsonObject(with: Data(info.output)) as? [String: Any]
      #expect(object?["file"] as? String == "n\\xff.csv")
      let same = try place.shell(
        "n=$(printf 'n\\377.csv'); \"$KMEANS\" fit \"$n\" -k 2 --labels \"$n\"")
      #expect(same.status == 64)
      #expect(
        same.errors == "kmeans: --labels n\\xff.csv: expected another file than the input "
          + "n\\xff.csv\n")
    }

    @Test func `commands, options and their values, too`() throws {
      let place = Workplace.withSample()
      for (words, line) in [
        (
          "$b",
          "There is no command '\\xff'. Expected \(CommandLineTests.commands). See 'kmeans --help'"
        ),
        ("fit a.csv -k 2 --x$b", "Unknown option '--x\\xff'; \(CommandLineTests.seeFit)"),
        (
          "fit a.csv -k $b",
          "The value '\\xff' is invalid for '-k <K>': expected a whole number; \(CommandLineTests.seeFit)"
        ),
        ("fit a.csv -k 2 --columns $b", "a.csv: there is no column '\\xff' among 'x', 'y'"),
        (
          "fit a.csv -k 2 --point-weights $b",
          "a.csv: there is no column '\\xff' to take weights from, nor a file of that name"
        ),
        (
          "fit a.csv -k 2 --init $b",
          "--init \\xff: expected k-means++, greedy, random, optimal, a file of centroids or a model"
        ),
      ] {
        let outcome = try place.shell("b=$(printf '\\377'); \"$KMEANS\" \(words)")
        #expect(outcome.status == 64)
        #expect(outcome.errors == "kmeans: \(line)\n")
      }
    }

    @Test func `cells are shown the same way`() throws {
      let place = Workplace()
      place.write(Array("x,y\n1,2\n3,\u{e9}\n".utf8), to: "utf8.csv")
      place.write(Array("x,y\n1,2\n3,".utf8) + [0xe9, 0x0a], to: "latin1.csv")
      for (name, shown) in [("utf8.csv", "\u{e9}"), ("latin1.csv", "\\xe9")] {
        try place.expectFailure(
          65,
          "\(name): line 3, column 2: expected a number for 'y', found '\(shown)' "
            + "(--on-invalid skip leaves such rows out)", "fit \(name) -k 1 --columns x,y --quiet")
      }
    }

    @Test func `control bytes of the second kind in a header are escaped`() throws {
      let place = Workplace()
      place.write("x,y\u{9b}2J\n1,2\n3,4\n", to: "a.csv")
      let json = try place.kmeans("info", "a.csv", "--json")
      #expect(json.text.contains(#""names":["x","y\u009b2J"]"#))
      let object = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
      #expect(object?["names"] as? [String] == ["x", "y\u{9b}2J"])
      #expect(try place.kmeans("info", "a.csv").text.contains("y\\u{9b}2J"))
    }
  }
#endif
