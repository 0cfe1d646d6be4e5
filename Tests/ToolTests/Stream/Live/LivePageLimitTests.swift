#if LivePage
  import Foundation
  import Testing

  /// What those who look at a page cannot do to its stream.
  @Suite struct LivePageLimitTests {
    private func page(_ served: ServedStream) throws -> RawClient {
      let client = try #require(RawClient(port: served.port))
      client.send("GET /events HTTP/1.1\r\nHost: localhost:\(served.port)\r\n\r\n")
      return client
    }

    @Test func `32 pages, and no other`() throws {
      let served = try ServedStream()
      var pages = try (0..<32).map { _ in try page(served) }
      for page in pages { #expect(page.receive(until: "data: {").contains(" 200 OK")) }
      let other = try page(served).receive()
      #expect(other.hasPrefix("HTTP/1.1 503 ") && other.contains("\r\nRetry-After: 5\r\n"))
      #expect(other.hasSuffix("\r\n\r\n32 pages are open already\n"))
      // Metrics need no seat; and one that is free again can be taken.
      served.wait(for: "kmeans_live_pages 32")
      pages.removeLast()
      served.wait(for: "kmeans_live_pages 31")
      #expect(try page(served).receive(until: "data: {").contains(" 200 OK"))
      try served.endInput()
    }

    /// A page gets the latest only: what one does not read waits in the sockets, and nowhere else.
    @Test func `browsers that never read hold nothing up`() throws {
      let served = try ServedStream("-k 40 --first-rows 40 --batch-size 100 --quiet")
      let pages = try (0..<8).map { _ in try page(served) }
      served.wait(for: "kmeans_live_pages 8")
      var random = TestRandom(1)
      for _ in 0..<50 {
        let rows = (0..<2000).map { _ in "\(random.bell()),\(random.bell())\n" }
        try served.write(rows.joined())
      }
      try served.endInput()
      served.wait(for: "kmeans_input_ended 1")
      served.wait(for: "kmeans_points_total 100000")
      #expect(pages.count == 8)
      // One of them reads after all: a whole frame, and soon one of the end.
      #expect(pages[0].receive(until: "\"ended\":true").contains("\"samples\":"))
    }

    @Test func `a slow request is answered and ended`() throws {
      let served = try ServedStream()
      let client = try #require(RawClient(port: served.port))
      client.send("GET / HTTP/1.1\r\nHost: loc")
      let start = ContinuousClock.now
      #expect(client.receive().hasPrefix("HTTP/1.1 408 "))
      #expect(ContinuousClock.now - start > .seconds(4))
      try served.endInput()
    }

    @Test func `a port that is taken`() throws {
      let served = try ServedStream()
      try served.place.expectFailure(
        74,
        "--serve \(served.port): cannot serve: another program has the port, expected another one, or 0 for any",
        "stream a.csv -k 2 --model m --serve \(served.port)")
      try served.endInput()
    }

    @Test(
      arguments: [
        Wrong("a.csv -k 2 --serve 65536", "--serve 65536: expected a port from 0 to 65535"),
        Wrong("a.csv -k 2 --serve -1", "--serve -1: expected a port from 0 to 65535"),
        Wrong(
          "a.csv -k 2 --key-models x --serve 0",
          "--serve: with --key-models there is no one model it could be of: expected --models-dir, --trace or "
            + "--predictions"),
      ]) func `wrong command lines`(_ wrong: Wrong) throws
    {
      try Workplace.withSample().expectFailure(
        64, "\(wrong.line); see 'kmeans stream --help'", "stream \(wrong.command)")
    }
  }
#else
  import Testing

  /// A tool without the page.
  @Suite struct LivePageLimitTests {
    @Test func `it says how to build one with the page`() throws {
      try Workplace.withSample().expectFailure(
        64,
        "--serve: this kmeans was built without its live page, build it with: swift build -c release "
          + "--product kmeans --traits LivePage", "stream a.csv -k 2 --serve 0")
    }
  }
#endif
