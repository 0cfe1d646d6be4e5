/// Memory that is read soon: where it starts, and how many cache lines it touches, one at least.
package typealias CacheStretch = (start: UnsafeRawPointer, lines: Int)
