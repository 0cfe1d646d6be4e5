#if LivePage
  import Foundation
  import Testing

  /// The page of a stream, as browsers and scrapers get it.
  @Suite struct LivePageTests {
    struct Model: Decodable, Equatable {
      let batch: Int
      let time: Double?
      let columns: [String]
      let ids: [Int]
      let weights: [Double]
      let centroids: [[Double]]
    }

    private func model(_ served: ServedStream) throws -> Model {
      try JSONDecoder().decode(Model.self, from: Data(RawClient.body(served.port, "/model").utf8))
    }

    @Test func `the page, the metrics and the model`() throws {
      let served = try ServedStream()
      // Before there is a row.
      #expect(RawClient.body(served.port, "/metrics").contains("\nkmeans_points_total 0\n"))
      let page = RawClient.answer(served.port, "GET /")
      #expect(page.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"))
      #expect(page.contains("<title>kmeans stream</title>") && page.hasSuffix("</html>"))
      try served.write("x,</script>\n1,3\n10,13\n1,4\n10,14\n")
      served.wait(for: "kmeans_points_total 4")
      served.wait(for: "kmeans_cluster_weight{cluster=\"1\"} 2")
      let metrics = RawClient.body(served.port, "/metrics")
      #expect(metrics.contains("\nkmeans_batches_total 2\n"))
      #expect(metrics.contains("\nkmeans_update_seconds_count 2\n"))
      #expect(metrics.contains("\nkmeans_inertia 2\n"))
      eventually { try model(served).batch == 2 }
      #expect(
        try model(served)
          == Model(
            batch: 2, time: 2, columns: ["x", "</script>"], ids: [0, 1], weights: [2, 2],
            centroids: [[1, 3.5], [10, 13.5]]))
      // Headers alone, as of the same answer.
      let head = RawClient.answer(served.port, "HEAD /")
      #expect(page.hasPrefix(head) && head.hasSuffix("\r\n\r\n"))
      try served.endInput()
    }

    @Test func `events come as batches do`() throws {
      let served = try ServedStream()
      let page = try #require(RawClient(port: served.port))
      page.send("GET /events HTTP/1.1\r\nHost: localhost:\(served.port)\r\n\r\n")
      let first = page.receive(until: "\"samples\":")
      #expect(first.contains("\r\nContent-Type: text/event-stream\r\n"))
      #expect(first.contains("\r\n\r\nretry: 2000\n\ndata: {") && first.contains("\"batch\":0,"))
      try served.write("1,3\n10,13\n")
      let second = page.receive(until: "\"weights\":[1,1]")
      #expect(second.contains("\"batch\":1,\"points\":2,\"skipped\":0,"))
      try served.write("1,3\n10,13\n")
      #expect(page.receive(until: "\"weights\":[2,2]").contains("\"batch\":2,\"points\":4,"))
      served.wait(for: "kmeans_live_pages 1")
      try served.endInput()
      #expect(page.receive(until: "\"ended\":true").contains("\"batch\":2,"))
    }

    @Test func `it stays when the input has ended, until a signal`() throws {
      let served = try ServedStream("-k 2 --init start.npy --batch-size 2 --model m")
      try served.write("1,3\n10,13\n")
      try served.endInput()
      served.wait(for: "kmeans_input_ended 1")
      let note =
        "--serve: the input has ended; http://127.0.0.1:\(served.port)/ is served until SIGINT or SIGTERM\n"
      eventually { served.running.errors.contains(note) }
      #expect(served.running.isRunning)
      // All is written already.
      #expect(try served.place.kmeans("info", "m").status == 0)
      let (outcome, _) = served.running.end(with: SIGINT)
      #expect(outcome.status == 130)
      #expect(outcome.text.contains("1 batch, 2 points of 2 columns"))
      #expect(
        outcome.errors.hasSuffix(
          "\(note)kmeans: the stream was stopped by SIGINT after batch 1, the last; what was learnt is written\n"
        ))
    }

    @Test func `rows that are left out, drift and predictions`() throws {
      let served = try ServedStream(
        "--init start.npy --no-update --batch-size 2 --on-invalid skip")
      try served.write("1,2\nnan,4\n10,11\n")
      try served.endInput()
      served.wait(for: "kmeans_input_ended 1")
      let metrics = RawClient.body(served.port, "/metrics")
      #expect(metrics.contains("\nkmeans_skipped_rows_total{reason=\"value\"} 1\n"))
      #expect(metrics.contains("\nkmeans_points_total 2\n"))
      // Nothing moves, and nobody knows how the clusters spread.
      #expect(!metrics.contains("kmeans_moved") && !metrics.contains("kmeans_outlier_share"))
      #expect(RawClient.body(served.port, "/model").contains("\"ids\":[0,1]"))
    }

    @Test func `what is refused`() throws {
      let served = try ServedStream()
      func status(_ line: String, host: String? = nil) -> String {
        String(RawClient.answer(served.port, line, host: host).prefix(12))
      }
      #expect(status("GET /metrics", host: "evil.example:\(served.port)") == "HTTP/1.1 403")
      #expect(status("GET /metrics", host: "localhost:\(served.port)") == "HTTP/1.1 200")
      #expect(status("GET /metrics", host: "[::1]:\(served.port)") == "HTTP/1.1 200")
      #expect(status("DELETE /model") == "HTTP/1.1 405")
      #expect(status("GET /passwd") == "HTTP/1.1 404")
      #expect(status("nonsense") == "HTTP/1.1 400")
      // The answer comes whole, also where a body is still being sent.
      let client = try #require(RawClient(port: served.port))
      client.send(
        "POST / HTTP/1.1\r\nHost: localhost:\(served.port)\r\nContent-Length: 60000\r\n\r\n")
      client.send([UInt8](repeating: 65, count: 50_000))
      #expect(client.receive().hasSuffix("\r\n\r\nexpected GET or HEAD\n"))
      try served.endInput()
    }
  }
#endif
