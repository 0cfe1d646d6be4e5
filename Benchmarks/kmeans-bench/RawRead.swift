import Foundation

/// What the system can do at best: a file into memory by bare calls, and memory that is new.
enum RawRead {
  /// The seconds it takes to read a whole file, 1 MiB a call, into new memory of its size.
  static func seconds(_ path: String, size: Int) throws -> Double {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    defer { close(descriptor) }
    var memory: UnsafeMutableRawPointer?
    defer { memory?.deallocate() }
    return try KMeansBench.seconds {
      let target = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1), alignment: 64)
      memory = target
      var done = 0
      while done < size {
        let count = pread(descriptor, target + done, min(1 << 20, size - done), off_t(done))
        guard count > 0 else { throw CocoaError(.fileReadUnknown) }
        done += count
      }
    }
  }

  /// The seconds it takes to write some bytes of new memory.
  static func secondsToTouch(_ byteCount: Int) -> Double {
    var memory: UnsafeMutableRawPointer?
    defer { memory?.deallocate() }
    return KMeansBench.seconds {
      let target = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 64)
      memory = target
      memset(target, 1, byteCount)
    }
  }
}
