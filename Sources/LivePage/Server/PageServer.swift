#if LivePage
  import FlyingSocks
  import KMeansCLibrary

  /// The server of a page: it listens on 127.0.0.1, and answers each connection once.
  ///
  /// The sockets are FlyingFox's; its HTTP server is not used, for it reads heads of any length,
  /// waits for slow requests for ever, and ends where the process has no descriptor left.
  package final class PageServer: Sendable {
    /// The port, also where 0 was asked for.
    package let port: UInt16
    private let routes: Routes
    private let listening: AsyncSocket
    private let pool: any AsyncSocketPool
    private let connections = Connections()

    /// How often a page gets something, so that one that has gone is found out.
    private static let heartbeat = Duration.seconds(15)

    /// Binds a port, 0 for any that is free, and begins to serve.
    ///
    /// - Throws: ``PageServerError`` where the port cannot be had.
    package init(port: UInt16, feed: LiveFeed) throws(PageServerError) {
      do {
        let socket = try Socket(domain: AF_INET, type: .stream)
        do {
          try socket.setValue(true, for: .localAddressReuse)
          try socket.bind(to: .inet(ip4: "127.0.0.1", port: port))
        } catch {
          try? socket.close()
          throw error
        }
        try socket.listen(maxPendingConnection: 128)
        Self.hide(socket)
        guard case .ip4(_, port: let own) = try socket.sockname() else {
          throw SocketError.unsupportedAddress
        }
        let pool = SocketPool.make(maxEvents: 64)
        listening = try AsyncSocket(socket: socket, pool: pool)
        self.pool = pool
        self.port = own
        routes = Routes(feed, port: own)
      } catch SocketError.failed(_, EADDRINUSE, _) {
        throw .taken
      } catch SocketError.failed(_, EACCES, _) {
        throw .notAllowed
      } catch SocketError.failed(_, _, let message) {
        throw .system(message)
      } catch {
        throw .system("\(error)")
      }
      Task.detached(priority: .utility) { await self.serve() }
    }

    /// Keeps a descriptor from programs that this one starts.
    private static func hide(_ socket: Socket) {
      _ = fcntl(socket.file.rawValue, F_SETFD, FD_CLOEXEC)
    }

    private func serve() async {
      do { try await pool.prepare() } catch { return }
      await withTaskGroup(of: Void.self) { group in
        group.addTask { [pool] in try? await pool.run() }
        group.addTask { await self.acceptAll() }
        group.addTask { await self.keepTime() }
        // Without the pool nothing goes on.
        await group.next()
        group.cancelAll()
      }
    }

    private func acceptAll() async {
      // The first event says that the pool is at work.
      try? await pool.suspendSocket(listening.socket, untilReadyFor: .connection)
      while !Task.isCancelled {
        do {
          begin(try await listening.accept())
        } catch SocketError.failed {
          // No descriptor is left, or whoever called has gone: later there may be one.
          try? await Task.sleep(for: .milliseconds(100))
        } catch {
          return
        }
      }
    }

    private func begin(_ socket: AsyncSocket) {
      Self.hide(socket.socket)
      // Small events go out at once.
      try? socket.socket.setValue(
        true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
      let (pool, routes) = (pool, routes)
      let hasBegun = connections.begin { deadline in
        await PageConnection(socket: socket, pool: pool, routes: routes, deadline: deadline).run()
      }
      if !hasBegun { try? socket.close() }
    }

    /// Ends connections that are too slow, and wakes pages now and then.
    private func keepTime() async {
      let clock = ContinuousClock()
      var last = clock.now
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(250))
        connections.endLate()
        if clock.now - last >= Self.heartbeat {
          last = clock.now
          routes.feed.mailbox.nudge()
        }
      }
    }
  }
#endif
