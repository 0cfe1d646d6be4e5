#if LivePage
  import Foundation
  import Testing

  /// A stream of a pipe that serves its page.
  final class ServedStream {
    let place = Workplace.withStream()
    let running: Running
    let port: Int
    private let input: FileHandle

    /// - Parameter options: of two clusters in two columns, beside the port.
    init(_ options: String = "-k 2 --init start.npy --batch-size 2") throws {
      let pipe = Pipe()
      let words = options.split(separator: " ").map(String.init)
      running = try Running(
        Program.kmeans, ["stream", "-", "--serve", "0"] + words, in: place, pipe: pipe)
      input = pipe.fileHandleForWriting
      let running = running
      let address = #/can be watched at http:\/\/127\.0\.0\.1:(\d+)\/\n/#
      eventually { !running.isRunning || running.errors.contains(address) }
      let found = try #require(running.errors.firstMatch(of: address), "\(running.errors)")
      port = try #require(Int(found.1))
    }

    func write(_ rows: String) throws { try input.write(contentsOf: Data(rows.utf8)) }

    func endInput() throws { try input.close() }

    /// Waits until /metrics has a line.
    func wait(for line: String, sourceLocation: SourceLocation = #_sourceLocation) {
      let isThere = eventually {
        RawClient.body(port, "/metrics").split(separator: "\n").contains(Substring(line))
      }
      if !isThere {
        Issue.record(
          "no \(line) in:\n\(RawClient.body(port, "/metrics"))", sourceLocation: sourceLocation)
      }
    }

    #if os(Linux)
      /// How many descriptors the program has open.
      var descriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(running.processID)/fd"))?
          .count ?? 0
      }
    #endif

    deinit { if running.isRunning { running.send(SIGKILL) } }
  }
#endif
