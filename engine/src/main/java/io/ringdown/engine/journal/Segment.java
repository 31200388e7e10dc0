package io.ringdown.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One file of a lane's journal, mapped into memory. It is written in full before the lane sees it, so that a full disk is
 * met by the thread that prepares it; and that thread touches the pages before the lane does, so that the lane meets no fault.
 */
final class Segment {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int PAGE_BYTES = 4_096;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(PAGE_BYTES * 16).asReadOnlyBuffer();

    /** A tenth of a second of a busy lane, many times over. */
    private static final int TOUCHED_AHEAD_BYTES = 64 * PAGE_BYTES;

    private final Path path;
    private final MappedByteBuffer map;
    private final UnsafeBuffer buffer;

    /** Where the next block goes. Written by the lane, read by the thread that touches. */
    private final AtomicInteger position;

    private final int headerBytes;
    private int touchedFor = -1;

    private Segment(Path path, MappedByteBuffer map, int position) {
        this.path = path;
        this.map = map;
        this.buffer = new UnsafeBuffer(map);
        this.position = new AtomicInteger(position);
        this.headerBytes = position;
    }

    /** Makes the file, of {@code bytes} in all. Leaves nothing behind when that fails. */
    static Segment create(Path path, byte[] header, int bytes) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(path, options, OWNER_ONLY)) {
            ByteBuffer zeros = ZEROS.duplicate();
            for (long written = 0; written < bytes; written += zeros.limit()) {
                zeros.position(0).limit((int) Math.min(zeros.capacity(), bytes - written));
                while (zeros.hasRemaining()) {
                    file.write(zeros, written + zeros.position());
                }
            }
            Segment segment = new Segment(path, file.map(FileChannel.MapMode.READ_WRITE, 0, bytes), header.length);
            segment.touch(0, bytes);
            segment.buffer.putBytes(0, header);
            return segment;
        } catch (IOException | InternalError e) {
            Files.deleteIfExists(path);
            throw e instanceof IOException failed ? failed : new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /** Appends a sealed block. Lane only. False, changing nothing, when it does not fit. */
    boolean append(byte[] block, int length) {
        int at = position.getPlain();
        if (at + length > buffer.capacity()) {
            return false;
        }
        int behindLength = Layout.BLOCK_CHECKSUM;
        buffer.putBytes(at + behindLength, block, behindLength, length - behindLength);
        buffer.putIntOrdered(at + Layout.BLOCK_LENGTH, length); // the reader's acquire pairs with it
        position.lazySet(at + length);
        return true;
    }

    /**
     * Pages that the kernel has written out are read-only until somebody writes again: not the lane. Where nothing was
     * written since the last time, nothing is touched, so that an idle server keeps no disk busy. The thread that prepares.
     */
    void touchAhead() {
        int from = position.get();
        if (from != touchedFor) {
            touchedFor = from;
            touch(from, Math.min(buffer.capacity(), from + TOUCHED_AHEAD_BYTES));
        }
    }

    private void touch(int from, int to) {
        for (int page = from & -PAGE_BYTES; page < to; page += PAGE_BYTES) {
            buffer.getAndAddInt(page, 0); // atomic, since the lane may be writing there
        }
    }

    /** Whether the file is still what the mapping leans on: a page of a file that was cut is not there. */
    boolean isWhole() {
        try {
            return Files.size(path) >= buffer.capacity();
        } catch (IOException gone) {
            return false;
        }
    }

    /** Nobody writes any more: what is not used of the file is given back. The thread that prepares; the lane has let go of it. */
    void close() throws IOException {
        IoUtil.unmap(map);
        if (position.get() == headerBytes) {
            Files.deleteIfExists(path);
        }
        if (!Files.exists(path)) {
            return; // its time was over
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(position.get());
        }
    }

    Path path() {
        return path;
    }
}
