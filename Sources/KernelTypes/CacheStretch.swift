/// Memory that is read soon: its start, and the number of cache lines that it touches, at least 1.
package typealias CacheStretch = (start: UnsafeRawPointer, lines: Int)
