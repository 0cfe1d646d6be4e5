private import KMeansCLibrary

/// The changes in a folder as the system tells them (inotify, on Linux), so that nobody has to look
/// through it for them.
package final class FolderEvents {
  /// A change of what a name in the folder leads to, or the news that some were lost.
  package enum Event: Equatable {
    /// A file was moved in under this name: it is whole.
    case movedIn(ExactText)
    /// Bytes were written to the file of this name.
    case written(ExactText)
    /// The file was made, was closed, or has another time.
    case touched(ExactText)
    /// The name leads nowhere any more.
    case gone(ExactText)
    /// There were more changes than the system keeps: only a look at all files finds them.
    case lost
  }

  private let descriptor: Int32

  /// - Parameter folder: a folder.
  /// - Returns: `nil` where the system tells no changes.
  /// - Throws: ``FileError/system(path:operation:code:)``, also where too many folders are watched.
  package init?(of folder: String) throws(FileError) {
    #if os(Linux)
      let opened = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      descriptor = opened
      guard opened >= 0 else { throw .system(path: folder, operation: "watch", code: errno) }
      let kinds =
        IN_CREATE | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE | IN_MOVED_FROM
        | IN_ONLYDIR
      let watch = FileName.withBytes(of: folder) {
        inotify_add_watch(opened, $0, UInt32(bitPattern: Int32(kinds)))
      }
      guard watch >= 0 else { throw .system(path: folder, operation: "watch", code: errno) }
    #else
      descriptor = -1
      return nil
    #endif
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The changes since the last call, in their order; never waits.
  package func take() -> [Event] {
    var events: [Event] = []
    #if os(Linux)
      withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
        while true {
          let count = uninterrupted { readBytes(descriptor, buffer) }
          guard count > 0 else { return }
          Self.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &events)
        }
      }
    #endif
    return events
  }

  #if os(Linux)
    /// Takes records apart: the watch, kinds, a cookie and the length of the name, four numbers of
    /// 32 bits, and the name, which ends in zeros.
    private static func add(_ bytes: UnsafeRawBufferPointer, to events: inout [Event]) {
      var place = 0
      while place + 16 <= bytes.count {
        let kinds = Int32(
          bitPattern: bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
        let length = Int(bytes.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
        let name = bytes[(place + 16)..<min(place + 16 + length, bytes.count)].prefix { $0 != 0 }
        place += 16 + length
        if kinds & Int32(IN_Q_OVERFLOW) != 0 { events.append(.lost) }
        // Folders in the folder are nobody's business, and news of the folder itself have no name.
        if name.isEmpty || kinds & Int32(IN_ISDIR) != 0 { continue }
        let text = ExactText(FileName.text(name))
        if kinds & Int32(IN_MOVED_TO) != 0 {
          events.append(.movedIn(text))
        } else if kinds & Int32(IN_DELETE | IN_MOVED_FROM) != 0 {
          events.append(.gone(text))
        } else if kinds & Int32(IN_MODIFY) != 0 {
          // One write after another says nothing new.
          if events.last != .written(text) { events.append(.written(text)) }
        } else if events.last != .touched(text) {
          events.append(.touched(text))
        }
      }
    }
  #endif
}
