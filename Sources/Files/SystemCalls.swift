// The C library's calls as this module uses them: repeated when a signal interrupts them.

internal import KMeansCLibrary

/// Calls until the call is not interrupted by a signal; -1 means that `errno` says why it failed.
func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// The C library's message for an `errno` code.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }

/// The status of the file that a path leads to, links followed; `nil` where `errno` says why not.
func status(of path: String) -> stat? {
  var status = stat()
  return uninterrupted { FileName.withBytes(of: path) { stat($0, &status) } } == 0 ? status : nil
}

extension stat {
  var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }

  /// What it is, in words.
  var kind: String {
    switch st_mode & S_IFMT {
    case S_IFREG: "a file"
    case S_IFDIR: "a folder"
    case S_IFLNK: "a link"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}

/// `read(2)`, under a name that methods called `read` do not hide.
func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

/// `write(2)`, likewise.
func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

// Names go through `FileName`: they are bytes, not texts.

/// `open(2)`, likewise; the mode is that of a new file, less the process's umask.
package func openFile(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 {
  uninterrupted { FileName.withBytes(of: path) { open($0, flags, mode_t(mode)) } }
}

/// `rename(2)`, likewise.
func renameFile(_ old: String, _ new: String) -> Int32 {
  FileName.withBytes(of: old) { old in FileName.withBytes(of: new) { rename(old, $0) } }
}

/// `link(2)`, likewise; `errno` says why not.
func linkFile(_ old: String, _ new: String) -> Bool {
  FileName.withBytes(of: old) { old in FileName.withBytes(of: new) { link(old, $0) } } == 0
}

/// `unlink(2)`, likewise.
package func removeFile(_ path: String) { _ = FileName.withBytes(of: path) { unlink($0) } }

/// `access(2)`, likewise; `errno` says why not.
func isAccessible(_ path: String, _ mode: Int32) -> Bool {
  FileName.withBytes(of: path) { access($0, mode) } == 0
}

/// `readlink(2)`, likewise; `nil` where the path is no link.
func contents(ofLink path: String) -> String? {
  let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
    let length = buffer.withMemoryRebound(to: CChar.self) { buffer in
      FileName.withBytes(of: path) { readlink($0, buffer.baseAddress!, buffer.count) }
    }
    count = max(length, 0)
  }
  return bytes.isEmpty ? nil : FileName.text(bytes)
}

/// `mkdir(2)` with all rights less the process's umask, likewise; `errno` says why not.
package func makeFolder(_ path: String) -> Bool {
  FileName.withBytes(of: path) { mkdir($0, 0o777) } == 0
}

/// `rmdir(2)`, likewise.
package func removeFolder(_ path: String) { _ = FileName.withBytes(of: path) { rmdir($0) } }

/// `mkdir(2)` with all rights for the user alone, likewise; `errno` says why not.
package func makePrivateFolder(_ path: String) -> Bool {
  FileName.withBytes(of: path) { mkdir($0, 0o700) } == 0
}

/// `flock(2)` of a whole file or folder, without waiting, likewise; `errno` says why not.
func lockExclusively(_ descriptor: Int32) -> Bool {
  uninterrupted { flock(descriptor, LOCK_EX | LOCK_NB) } == 0
}
