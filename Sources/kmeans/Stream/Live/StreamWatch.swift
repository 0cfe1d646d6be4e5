import Clustering
import Foundation
import KMeansLivePage
import KMeansLocks

/// Those who watch a stream: a page, a plot on the terminal, or both.
final class StreamWatch: Sendable {
  /// What the page is told; `nil` without one.
  let feed: LiveFeed?
  /// What is drawn on the terminal; `nil` where nothing is.
  let plot: TerminalPlot?
  /// Where the page is.
  let address: String?

  private struct State {
    /// The number of batches that were told, and how many of them are shown.
    var told = 0
    var shown = 0
    /// How long the last look at the clusters took.
    var cost = Duration.zero
  }

  private let state = Mutex(State())

  /// Begins to serve what is asked for.
  ///
  /// - Parameter stdoutIsTaken: whether the standard output is for data.
  /// - Returns: `nil` where nobody watches.
  /// - Throws: ``Failure`` where the port cannot be had.
  init?(_ options: LiveOptions, quiet: Bool, stdoutIsTaken: Bool) throws {
    let plot = options.plot ? TerminalPlot(stdoutIsTaken: stdoutIsTaken) : nil
    guard options.serve != nil || plot != nil else { return nil }
    self.plot = plot
    guard let port = options.serve else {
      (feed, address) = (nil, nil)
      return
    }
    let feed = LiveFeed()
    let address = "http://127.0.0.1:\(try Self.serve(port, feed))/"
    (self.feed, self.address) = (feed, address)
    // Whoever asks for any port wants to hear which.
    if !quiet || port == 0 { Streams.say("--serve: the stream can be watched at \(address)") }
  }

  /// - Returns: the port.
  private static func serve(_ port: Int, _ feed: LiveFeed) throws -> UInt16 {
    #if LivePage
      do {
        // The tasks of the server keep it.
        return try PageServer(port: UInt16(port), feed: feed).port
      } catch {
        let problem =
          switch error {
          case .taken: "another program has the port, expected another one, or 0 for any"
          case .notAllowed: "the system lets nobody else have the port, expected one above 1023"
          case .system(let message): message
          }
        throw Failure(line: "--serve \(port): cannot serve: \(problem)", status: EX_IOERR)
      }
    #else
      throw Failure.usage(
        "--serve: this kmeans was built without its live page, build it with: swift build -c release "
          + "--product kmeans --traits LivePage")
    #endif
  }

  /// Tells what a batch brought.
  func tell(_ news: BatchNews) {
    feed?.add(news)
    plot?.add(news)
    state.withLock { $0.told += 1 }
  }

  /// Takes the clusters as they are.
  func take(_ clusters: ClusterNews, cost: Duration) {
    feed?.set(clusters)
    plot?.set(clusters)
    state.withLock { $0.cost = cost }
  }

  /// Calls a closure for the clusters, again and again, wherever batches have come, and shows what
  /// there is to see. Does not return.
  ///
  /// - Parameter look: gets the clusters, soon.
  func run(_ look: () -> Void) -> Never {
    while true {
      let (told, isNew) = state.withLock { ($0.told, $0.told != $0.shown) }
      if isNew {
        look()
        state.withLock { $0.shown = told }
        show()
      } else {
        plot?.drawAgain()
      }
      // A look at many clusters of many columns takes its time: a fiftieth of all, at most.
      let pause = max(Self.pause, state.withLock { $0.cost } * 50)
      usleep(UInt32(min(60, pause.seconds) * 1e6))
    }
  }

  /// How often there is something new to see.
  private static let pause = Duration.milliseconds(100)

  private func show() {
    if let feed, feed.seats.taken > 0 { feed.publish() }
    plot?.draw()
  }

  /// Shows the end. What is drawn stays on the terminal.
  func end() {
    feed?.end()
    feed?.publish()
    plot?.finish()
  }

  /// Waits for a signal to end the program, where there is a page to look at.
  func stay(_ note: (String) -> Void) {
    guard let address else { return }
    note("--serve: the input has ended; \(address) is served until SIGINT or SIGTERM")
    while true { sleep(1000) }
  }
}
