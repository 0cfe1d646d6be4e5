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
      if outcome.status == 0 {
        #expect(place.names == ["l.npy", "p.npy"])
        #expect(outcome.errors == "")
      } else {
        #expect(kibibytes < 4_000_000)
        #expect(outcome.errors.split(separator: "\n").count == 1)
        // Where not even the libraries can be loaded, their loader says so.
        #expect(outcome.status == 74 || outcome.status == 127)
        #expect(
          outcome.errors.hasPrefix("kmeans: out of memory: ") || outcome.status == 127
            || outcome.errors.contains("memory"))
        #expect(place.names == ["p.npy"])
      }
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
      if outcome.status == 0 {
        #expect(outcome.errors == "")
      } else {
        #expect(count < 64)
        #expect([74, 127].contains(outcome.status))
        #expect(outcome.errors.split(separator: "\n").count == 1)
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
