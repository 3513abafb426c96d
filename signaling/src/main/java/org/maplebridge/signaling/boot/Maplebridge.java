package org.maplebridge.signaling.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts one node.
@SpringBootApplication
public class Maplebridge {
    public static void main(String[] arguments) {
        SpringApplication.run(Maplebridge.class, arguments);
    }
}
