package org.maplebridge.dispatch.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;

/// Where Redis is and what our keys begin with.
///
/// @param url `redis://` or `rediss://` with user, password and database
/// @param sentinels who know which server is the master; empty: the one of the URL
/// @param master what the sentinels call it
/// @param county keeps several of them apart on one server
public record RedisSettings(URI url, List<Server> sentinels, String master, String county) {
    private static final int USUAL_PORT = 6379;
    private static final int USUAL_SENTINEL_PORT = 26379;

    public record Server(String host, int port) {}

    public RedisSettings {
        sentinels = List.copyOf(sentinels);
    }

    /// @throws IllegalArgumentException in words for the operator, without the password
    public static RedisSettings of(
            String url, List<String> sentinels, String master, String county) {
        var servers = new ArrayList<Server>();
        for (var sentinel : sentinels) {
            servers.add(server(sentinel.strip()));
        }
        require(Ids.isValid(county), "maplebridge.redis.county: letters, digits, '-', '_', '.'");
        require(!master.isBlank(), "maplebridge.redis.master: what the sentinels call the master");
        return new RedisSettings(url(url.strip()), servers, master, county);
    }

    boolean encrypted() {
        return url.getScheme().equals("rediss");
    }

    Server server() {
        return new Server(url.getHost(), url.getPort() < 0 ? USUAL_PORT : url.getPort());
    }

    @Nullable String user() {
        @Nullable String info = url.getUserInfo();
        int colon = info == null ? -1 : info.indexOf(':');
        return info == null || colon <= 0 ? null : info.substring(0, colon);
    }

    @Nullable String password() {
        @Nullable String info = url.getUserInfo();
        int colon = info == null ? -1 : info.indexOf(':');
        return info == null || colon < 0 ? null : info.substring(colon + 1);
    }

    int database() {
        @Nullable String path = url.getPath();
        return path == null || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    /// Without user and password: this is printed at the start.
    @Override
    public String toString() {
        var place = url.getScheme() + "://" + server().host() + ":" + server().port();
        return "Redis["
                + place
                + "/"
                + database()
                + (sentinels.isEmpty() ? "" : ", sentinels " + sentinels.size())
                + ", county "
                + county
                + "]";
    }

    private static URI url(String text) {
        String usual = "maplebridge.redis.url must look like redis://:password@host:6379/0";
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException _) {
            // the exception's own words would show the password
            throw new IllegalArgumentException(
                    usual + "; write special characters of the password as %40");
        }
        @Nullable String scheme = url.getScheme();
        require(
                scheme != null && (scheme.equals("redis") || scheme.equals("rediss")),
                usual + ", or rediss:// for TLS");
        require(
                url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65_535,
                usual + ": there is no host, or no port from 1 to 65535");
        @Nullable String info = url.getUserInfo();
        require(
                info == null || info.indexOf(':') >= 0,
                usual + ": a password stands behind a colon");
        @Nullable String path = url.getPath();
        require(
                path == null || path.isEmpty() || path.matches("/[0-9]{0,4}"),
                usual + ": behind the slash stands the number of a database");
        require(
                url.getQuery() == null && url.getFragment() == null,
                usual + ", with nothing behind it");
        return url;
    }

    private static Server server(String text) {
        int colon = text.lastIndexOf(':');
        var host = colon < 0 ? text : text.substring(0, colon);
        var port = colon < 0 ? "" : text.substring(colon + 1);
        require(
                !host.isBlank() && (colon < 0 || port.matches("[1-9][0-9]{0,4}")),
                "maplebridge.redis.sentinels: host:port,host:port");
        return new Server(host, port.isEmpty() ? USUAL_SENTINEL_PORT : Integer.parseInt(port));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
