// The C library's calls as this module uses them: repeated when a signal interrupts them.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Calls until the call is not interrupted by a signal; -1 means that `errno` says why it failed.
func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// What the C library says about an `errno` code.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }

/// What a path leads to, links followed; nil where `errno` says why not.
func status(of path: String) -> stat? {
  var status = stat()
  return uninterrupted { stat(path, &status) } == 0 ? status : nil
}

extension stat {
  var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}

/// `read(2)`, under a name that methods called `read` do not hide.
func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

/// `write(2)`, likewise.
func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// `open(2)`, likewise; the mode is what a new file gets, less the process's umask.
func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }

/// `rename(2)`, likewise.
func renameFile(_ old: String, _ new: String) -> Int32 { rename(old, new) }
