import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How long the disk takes to keep a page for good: what every durable step waits for at least.
///
/// @param p50 milliseconds
/// @param p99 milliseconds
record Disk(double p50, double p99) {

    private static final int SYNCS = 100;
    private static final int PAGE = 4096;

    static Disk measure(Path folder) throws IOException {
        var file = folder.resolve("fsync.probe");
        var took = new double[SYNCS];
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            var page = ByteBuffer.allocateDirect(PAGE);
            for (int i = 0; i < SYNCS; i++) {
                page.clear();
                long from = System.nanoTime();
                channel.write(page);
                channel.force(false);
                took[i] = (System.nanoTime() - from) / 1e6;
            }
        }
        return new Disk(Figures.at(took, 0.5), Figures.at(took, 0.99));
    }

}
