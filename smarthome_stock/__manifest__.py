{
    "name": "Smart Home: purchasing, staging, shipments",
    "summary": "Popular goods, requests to purchasing, staging by object, shipments with real cost",
    "version": "19.0.1.0.0",
    "category": "Smart Home",
    "author": "Smart Home",
    "license": "LGPL-3",
    "depends": [
        "smarthome_crm",
        "barcodes",
        "purchase_request",
        "sale_purchase_stock",
    ],
    "external_dependencies": {"python": ["openpyxl"]},
    "data": [
        "security/smarthome_stock_groups.xml",
        "security/ir.model.access.csv",
        "views/smarthome_stock_menus.xml",
    ],
    "post_init_hook": "post_init_hook",
    "assets": {
        "web.assets_backend": ["smarthome_stock/static/src/**/*"],
        "web.assets_unit_tests": ["smarthome_stock/static/tests/**/*.test.js"],
        "web.assets_tests": ["smarthome_stock/static/tests/tours/**/*"],
    },
}
