#if LivePage
  import FlyingSocks
  import Foundation

  /// A connection: one request, one answer.
  struct PageConnection: Sendable {
    let socket: AsyncSocket
    let pool: any AsyncSocketPool
    let routes: Routes
    let deadline: Deadline

    /// How long the head of a request may take, and each piece of an answer.
    private static let headTime = Duration.seconds(5)
    private static let pieceTime = Duration.seconds(20)
    /// How long, and for how many bytes, a client is listened to that should have ended: answers
    /// are lost where a connection is closed with bytes that nobody has read.
    private static let endTime = Duration.seconds(1)
    private static let mostIgnored = 1 << 16
    /// The bytes of a piece.
    private static let piece = 1 << 16

    func run() async {
      do {
        try await answer()
      } catch {
        // Whoever asked has gone, or is too slow.
      }
      // The pool forgets a socket just after it has woken who waits for it. One that is closed
      // before that would never be forgotten, and the next of the same number would never wake:
      // the pool does one thing after the other, and refuses to run twice.
      try? await pool.run()
      try? socket.close()
    }

    private func answer() async throws {
      let head: RequestHead?
      do throws(PageStatus) {
        head = try await readHead()
      } catch {
        return try await send(PageResponse(error), withBody: true)
      }
      guard let head else { return }
      let response = routes.answer(head)
      if case .events = response.body, head.method == "GET" {
        defer { routes.feed.seats.leave() }
        return try await sendEvents(response)
      }
      try await send(response, withBody: head.method == "GET")
    }

    /// - Returns: `nil` where the client has gone before it had asked.
    private func readHead() async throws(PageStatus) -> RequestHead? {
      deadline.set(Self.headTime)
      var reader = RequestReader()
      while true {
        guard let bytes = try? await socket.read(atMost: 4096) else {
          if Task.isCancelled { sayTooSlow() }
          return nil
        }
        if let head = try reader.add(bytes) { return head }
      }
    }

    /// Says so, if that can be said at once: nothing waits in a task that is cancelled.
    private func sayTooSlow() {
      let response = PageResponse(.tooSlow)
      guard case .bytes(let bytes) = response.body else { return }
      _ = try? socket.socket.write(Data(response.head + bytes))
    }

    private func send(_ response: PageResponse, withBody: Bool) async throws {
      try await write(response.head)
      if withBody {
        switch response.body {
        case .bytes(let bytes): try await write(bytes)
        case .model(let text): for piece in text { try await write(piece) }
        case .events: break
        }
      }
      // The end of what is sent. The client ends its side once it has read it.
      shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
      deadline.set(Self.endTime)
      await ignoreRest()
    }

    /// Reads what nobody needs, until the client ends or has sent too much.
    private func ignoreRest() async {
      var count = 0
      while count < Self.mostIgnored, let bytes = try? await socket.read(atMost: 4096) {
        count += bytes.count
      }
    }

    private func write(_ bytes: [UInt8]) async throws {
      var rest = bytes[...]
      while !rest.isEmpty {
        deadline.set(Self.pieceTime)
        try await socket.write(Data(rest.prefix(Self.piece)))
        rest = rest.dropFirst(Self.piece)
      }
    }

    /// Sends events until the client ends, or takes none for too long.
    private func sendEvents(_ response: PageResponse) async throws {
      try await write(response.head)
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await ignoreRest() }
        group.addTask { try? await writeEvents() }
        await group.next()
        group.cancelAll()
      }
    }

    /// The first frame, and then whatever is the latest when the one before has been taken.
    private func writeEvents() async throws {
      let feed = routes.feed
      var seen = feed.mailbox.number
      try await write(FeedMessage.retry + feed.firstFrame)
      while true {
        deadline.clear()
        let letter = await feed.mailbox.next(after: seen)
        try Task.checkCancellation()
        try await write(letter?.value ?? FeedMessage.heartbeat)
        seen = letter?.number ?? seen
      }
    }
  }
#endif
