import Testing

/// Little memory, few descriptors, too many threads: one line, and never a trap.
@Suite struct LimitTests {
  #if os(Linux)
    /// The last limit is enough, whatever the libraries of a build take.
    @Test(arguments: [150_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 4_000_000])
    func `little memory`(_ kibibytes: Int) throws {
      let place = Workplace()
      place.write(npyFile(TestRandom.values(20_000 * 4, seed: 3), columns: 4), to: "p.npy")
      let outcome = try place.shell(
        """
        ulimit -v \(kibibytes)
        timeout 60 "$KMEANS" fit p.npy -k 20 --max-iterations 2 --threads 2 --labels l.npy --quiet
        """)
      #expect(outcome.status == 0 || kibibytes < 4_000_000)
      #expect(place.names == (outcome.status == 0 ? ["l.npy", "p.npy"] : ["p.npy"]))
      #expect(isExpected(outcome), "\(outcome.status): \(outcome.errors)")
    }

    /// What may come of little memory, and nothing else may.
    private func isExpected(_ outcome: Outcome) -> Bool {
      let end = "; no file is left half-written\n"
      let forms: [String] =
        switch outcome.status {
        case 0: [""]
        case 74:
          [
            #"kmeans: out of memory: \d+ [KM]iB are left of what the process may ask for \(ulimit -v\), "#
              + #"expected \d+ MiB( to compute on 2 threads, or fewer of them \(--threads\))?"#
              + end,
            #"kmeans: out of memory: (\d+ MiB cannot be had|there is none for a thread)"# + end,
            #"kmeans: p.npy: a fit in several passes takes \d+ MiB of memory or more, expected at "#
              + #"most \d+ MiB, nine tenths of what is free\n"#,
            // What only shows when the standard library asks for it is said by that, too.
            #"Fatal error: failed to allocate \d+ bytes of memory with alignment \d+\n"#
              + "kmeans: out of memory: or a fault of this program, as the line above says" + end,
          ]
        // Before the tool begins: its libraries cannot be loaded, or OpenBLAS gets no thread and
        // ends it.
        case 127:
          [
            #"\S*kmeans: error while loading shared libraries: \S+: (failed to map segment from shared "#
              + #"object|cannot map zero-fill pages|cannot create shared object descriptor).*\n"#
          ]
        case 130: [#"(OpenBLAS blas_thread_init: .*\n)+"#]
        default: []
        }
      return forms.contains { form in
        guard let regex = try? Regex(form) else { return false }
        return outcome.errors.wholeMatch(of: regex) != nil
      }
    }

    /// Memory that the machine does not have is no mistake of the user, who set no limit.
    @Test func `too little for several passes`() throws {
      let place = Workplace()
      place.write(npyFile(TestRandom.values(20_000 * 4, seed: 3), columns: 4), to: "p.npy")
      // What the libraries take nobody knows: what is said to be missing leads to the limit at
      // which only the points do not fit.
      var kibibytes = 500_000
      for _ in 0..<30 {
        let outcome = try place.shell(
          """
          ulimit -v \(kibibytes)
          timeout 60 "$KMEANS" fit p.npy -k 20 --threads 2 --labels l.npy --quiet
          """)
        // A limit just above is one that suffices; how much threads have asked for by then varies.
        if outcome.status == 0 {
          kibibytes -= 1 << 10
          continue
        }
        #expect(outcome.status == 74 && isExpected(outcome), "\(outcome.status): \(outcome.errors)")
        if outcome.errors.contains("a fit in several passes takes") { return }
        let form = #/(\d+) MiB are left of .* expected (\d+) MiB/#
        let numbers = try #require(outcome.errors.firstMatch(of: form), "\(outcome.errors)")
        kibibytes += ((Int(numbers.2) ?? 0) - (Int(numbers.1) ?? 0) + 3) << 10
      }
      Issue.record("there is no such limit")
    }

    @Test func `what computes nothing takes little memory`() throws {
      let outcome = try Workplace.withSample().shell(
        "ulimit -v 300000; timeout 20 \"$KMEANS\" info a.csv")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
    }

    @Test(arguments: [4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 64])
    func `few descriptors`(_ count: Int) throws {
      let outcome = try Workplace.withSample().shell(
        "ulimit -n \(count); \"$KMEANS\" fit a.csv -k 2 --labels l.csv --quiet")
      #expect(outcome.status == 0 || count < 64)
      switch outcome.status {
      case 0: #expect(outcome.errors == "")
      case 74:
        #expect(
          outcome.errors
            == "kmeans: too few files may be open at once (ulimit -n), expected 8 beside those that are\n"
        )
      default:
        #expect(outcome.status == 127)
        let form =
          #/\S*kmeans: error while loading shared libraries: \S+: cannot open shared object file: .*\n/#
        #expect(outcome.errors.wholeMatch(of: form) != nil, "\(outcome.errors)")
      }
    }
  #endif

  @Test(arguments: ["9223372036854775807", "4097"])
  func `more threads than any machine has`(_ number: String) throws {
    for command in [
      "fit a.csv -k 2", "assign a.csv --centroids start.npy", "stream a.csv -k 2",
      "onepass a.csv -k 2", "elbow a.csv -k 1-2", "evaluate a.csv --centroids start.npy",
    ] {
      let name = command.split(separator: " ")[0]
      try Workplace.withSample().expectFailure(
        64, "--threads \(number): expected at most 4096; see 'kmeans \(name) --help'",
        "\(command) --threads \(number)")
    }
  }

  @Test(arguments: [
    "9223372036854775807", "99999999999999999999", "0", "-3", "two", "1.5", "\u{1b}",
  ])
  func `a number of threads in the environment that means nothing`(_ number: String) throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans(
      "fit", "a.csv", "-k", "2", "--labels", "l.csv", environment: ["OMP_NUM_THREADS": number])
    #expect(outcome.status == 0)
    let shown = number == "\u{1b}" ? "\\u{1b}" : number
    #expect(
      outcome.errors.hasPrefix("OMP_NUM_THREADS is '\(shown)', expected a number from 1 to 4096: "))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    let quiet = try place.kmeans(
      "fit", "a.csv", "-k", "2", "--quiet", environment: ["OMP_NUM_THREADS": number])
    #expect(quiet.errors == "")
  }

  @Test(arguments: ["", "2", " 1 ", "2,1"])
  func `a number of threads in the environment that counts`(_ number: String) throws {
    let outcome = try Workplace.withSample().kmeans(
      "fit", "a.csv", "-k", "2", environment: ["OMP_NUM_THREADS": number])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
  }
}
