private import KMeansCLibrary

/// The file system that a file lies on, as far as it matters to who watches a folder.
package enum MountedSystem {
  /// The name of a file system whose changes may be made on other machines, so that this one does
  /// not hear of them; `nil` for all others, and where it is not known.
  package static func shared(_ identity: FileStatus.Identity) -> String? {
    guard let name = name(of: identity) else { return nil }
    return isShared(name) ? name : nil
  }

  /// Whether a kind of file system is one of a network, of a host of virtual machines, or of a
  /// program that may ask another machine.
  package static func isShared(_ name: String) -> Bool {
    let kinds = [
      "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gpfs", "beegfs",
      "glusterfs", "ocfs2", "gfs2", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs",
      "fakeowner", "fuse",
    ]
    return kinds.contains(name) || name.hasPrefix("fuse.")
  }

  /// The kind of the file system, by the list that Linux has of all mounted ones.
  private static func name(of identity: FileStatus.Identity) -> String? {
    #if os(Linux)
      let device = identity.device
      let major = device >> 8 & 0xfff | device >> 32 & ~0xfff
      let minor = device & 0xff | device >> 12 & ~0xff
      return name(of: "\(major):\(minor)", in: text(of: "/proc/self/mountinfo"))
    #else
      return nil
    #endif
  }

  /// The same by such a list: a line has the device as its third word, and the kind behind a dash.
  package static func name(of device: String, in list: String) -> String? {
    for line in list.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 2, words[2] == device, let dash = words.firstIndex(of: "-") else {
        continue
      }
      return dash + 1 < words.count ? String(words[dash + 1]) : nil
    }
    return nil
  }

  /// What a file of the system says, whose size is not known beforehand.
  private static func text(of path: String) -> String {
    let descriptor = openFile(path, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var all: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 8) { buffer in
      while case let count = uninterrupted({ readBytes(descriptor, buffer) }), count > 0 {
        all += buffer[..<count]
      }
    }
    return FileName.text(all)
  }
}
