// What the library is.
public import KMeansCHeader

internal import Clustering

@c @implementation
public func km_abi_version() -> UInt32 { UInt32(KM_ABI_VERSION) }

/// Made once, and never given back: the caller may keep its address.
nonisolated(unsafe) private let buildInfo = constant(
  "swift-kmeans \(LibraryVersion.text), interface \(KM_ABI_VERSION), kernels for "
    + "\(InstructionSet.best) of \(InstructionSet.allCases.map(\.rawValue).joined(separator: ", "))"
)

@c @implementation
public func km_build_info() -> UnsafePointer<CChar>? { buildInfo }

private func constant(_ text: String) -> UnsafePointer<CChar> {
  let bytes = Array(text.utf8CString)
  let memory = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
  _ = memory.initialize(from: bytes)
  return UnsafePointer(memory.baseAddress!)
}

nonisolated(unsafe) private let statusNames = [
  KM_OK: constant("KM_OK"), KM_INVALID_ARGUMENT: constant("KM_INVALID_ARGUMENT"),
  KM_INVALID_DATA: constant("KM_INVALID_DATA"), KM_INVALID_HANDLE: constant("KM_INVALID_HANDLE"),
  KM_CANCELLED: constant("KM_CANCELLED"), KM_FILE_ERROR: constant("KM_FILE_ERROR"),
  KM_OUT_OF_MEMORY: constant("KM_OUT_OF_MEMORY"), KM_STREAM_ERROR: constant("KM_STREAM_ERROR"),
  KM_UNAVAILABLE: constant("KM_UNAVAILABLE"), KM_NOT_STARTED: constant("KM_NOT_STARTED"),
  KM_INTERNAL_ERROR: constant("KM_INTERNAL_ERROR"),
]
nonisolated(unsafe) private let unknownStatus = constant("?")

@c @implementation
public func km_status_name(_ status: km_status) -> UnsafePointer<CChar>? {
  statusNames[Int(status)] ?? unknownStatus
}

@c @implementation
public func km_rows_init(_ rows: UnsafeMutablePointer<km_rows>?, _ size: Int) {
  km_rows.initialize(rows, size)
}
