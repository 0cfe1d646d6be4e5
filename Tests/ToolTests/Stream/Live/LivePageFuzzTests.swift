#if LivePage && os(Linux)
  import Foundation
  import Synchronization
  import Testing

  /// Requests that are damaged: the stream goes on, and nothing is left open.
  ///
  /// `KMEANS_FUZZ_MUTATIONS` says how many there are.
  @Suite struct LivePageFuzzTests {
    private static let mutations =
      ProcessInfo.processInfo.environment["KMEANS_FUZZ_MUTATIONS"].flatMap { Int($0) } ?? 10_000

    private static let seeds = [
      "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nAccept: text/html\r\n\r\n",
      "GET /events HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nLast-Event-ID: 5\r\n\r\n",
      "GET /metrics?x=%20 HTTP/1.0\r\nHost: [::1]:PORT\r\nConnection: keep-alive\r\n\r\n",
      "HEAD /model HTTP/1.1\nHost: localhost:PORT\n\n",
      "POST /model HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
      "PUT / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 18446744073709551616\r\n\r\n",
      "GET /page.js HTTP/1.1\r\nHost: localhost:PORT\r\nRange: bytes=9-1\r\n\r\nGET / HTTP/1.1\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ]

    /// Changes, removes, repeats or cuts off some bytes.
    private static func damaged(_ seed: String, _ random: inout TestRandom) -> [UInt8] {
      var bytes = Array(seed.utf8)
      for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.insert(contentsOf: Array("\r\n: /%".utf8).shuffled(using: &random), at: place)
        case 4:
          let count = Int.random(in: 1...3000, using: &random)
          bytes.insert(contentsOf: repeatElement(bytes[place], count: count), at: place)
        default: bytes.swapAt(place, bytes.count - 1)
        }
      }
      return bytes
    }

    private static func run(_ range: Range<Int>, port: Int) -> [String] {
      var problems: [String] = []
      for number in range {
        var random = TestRandom(UInt64(number))
        let seed = seeds[number % seeds.count].replacingOccurrences(of: "PORT", with: "\(port)")
        let bytes = damaged(seed, &random)
        guard let client = RawClient(port: port) else {
          problems.append("\(number): nobody listens")
          continue
        }
        client.send(bytes)
        client.end()
        if number % 3 == 0 { client.breakOff() }
        // Some go before they have read.
        if number % 5 == 0 { continue }
        let answer = client.receive()
        if !answer.isEmpty, answer.wholeMatch(of: #/HTTP/1\.1 \d\d\d [\s\S]*/#) == nil {
          problems.append("\(number): \(answer.prefix(100))")
        }
      }
      return problems
    }

    private func memory(_ served: ServedStream) throws -> Int {
      let status = try String(
        contentsOfFile: "/proc/\(served.running.processID)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
      return Int(line.filter(\.isNumber)) ?? 0
    }

    @Test func `no damaged request stops it or stays`() throws {
      let served = try ServedStream()
      try served.write("1,3\n10,13\n")
      served.wait(for: "kmeans_points_total 2")
      let before = served.descriptors
      let (port, mutations) = (served.port, Self.mutations)
      func run(_ range: Range<Int>) {
        let workers = 4
        let problems = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
          let (start, count) = (range.lowerBound, range.count)
          let part = start + count * worker / workers..<start + count * (worker + 1) / workers
          let found = Self.run(part, port: port)
          problems.withLock { $0 += found }
        }
        #expect(problems.withLock { $0 } == [])
      }
      run(0..<mutations / 5)
      let early = try memory(served)
      run(mutations / 5..<mutations)
      #expect(served.running.isRunning)
      // What is still open is closed soon.
      eventually { served.descriptors <= before }
      #expect(served.descriptors <= before)
      #expect(try memory(served) - early < 16 << 10, "KiB that are not given back")
      served.wait(for: "kmeans_live_pages 0")
      try served.write("1,3\n10,13\n")
      served.wait(for: "kmeans_points_total 4")
      #expect(RawClient.answer(port, "GET /").hasSuffix("</html>"))
      let (outcome, _) = served.running.end(with: SIGTERM)
      #expect(outcome.status == 143)
      #expect(outcome.errors.split(separator: "\n").count == 2, "\(outcome.errors)")
    }
  }
#endif
