import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.DriverManager;

/// The least that a program of this kind does at its start: opens the database, writes to it, and
/// answers over HTTP. A process of its own, ended by whoever started it.
class BareServer {

    public static void main(String... arguments) throws Exception {
        var connection = DriverManager.getConnection(arguments[1]);
        try (var statement = connection.createStatement()) {
            statement.execute("create table if not exists bare (id bigint)");
            statement.execute("insert into bare (id) values (1)");
        }
        var address =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        var server = HttpServer.create(address, 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }
}
